import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AddressPolicy } from './address-policy.js';
import { GuardedHttpClient, type GuardedHttpClientOptions } from './guarded-http-client.js';
import { guardedLookup, type ResolvedAddress, type Resolver } from './guarded-lookup.js';
import type { HttpFailure } from './http-failure.js';
import { HOSTILE, NAMES } from './testing/hostile-urls.js';
import { answeringServer, type AnsweringServer } from './testing/answering-server.js';

const resolver = (hostname: string): Promise<ResolvedAddress[]> => {
  const addresses = NAMES[hostname];
  if (addresses === undefined) return Promise.reject(new Error(`asked for ${hostname}`));
  return Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
};

const failureOf = (work: Promise<unknown>): Promise<HttpFailure> =>
  work.then(
    () => {
      throw new Error('The request was made');
    },
    (error: unknown) => error as HttpFailure,
  );

const clients: GuardedHttpClient[] = [];

function guarded(options: Partial<GuardedHttpClientOptions> = {}): GuardedHttpClient {
  const client = new GuardedHttpClient({ production: false, resolver, client: { connectTimeoutMs: 300 }, ...options });
  clients.push(client);
  return client;
}

let inside: AnsweringServer;
let outside: AnsweringServer;
let location = '';

beforeAll(async () => {
  inside = await answeringServer((_request, response) => response.end('inside'));
  outside = await answeringServer((request, response) => {
    if (request.url === '/redirect') response.writeHead(307, { location }).end();
    else if (request.url?.startsWith('/hop') === true) {
      response.writeHead(302, { location: `/hop${Number(request.url.slice(4)) + 1}` }).end();
    } else response.end('outside');
  });
  NAMES['hooks.example.com'] = ['127.0.0.1'];
  NAMES['other.example.com'] = ['127.0.0.1'];
});

afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await Promise.all([inside.stop(), outside.stop()]);
});

/** As if the demo server were on the internet: its name and port are named, nothing else is. */
const withOutside = () => guarded({ namedPrivateHosts: [`hooks.example.com:${outside.port}`] });
const outsideUrl = (path: string) => `http://hooks.example.com:${outside.port}${path}`;

describe('addresses that must not be called', () => {
  it('are at least sixty', () => {
    expect(HOSTILE.length).toBeGreaterThanOrEqual(60);
  });

  it.each(HOSTILE)('refuses %s: %s', async (_what, url) => {
    const failure = await failureOf(guarded().request({ method: 'POST', url, body: 'x' }));
    expect(['blocked', 'invalid_request']).toContain(failure.kind);
    expect(failure.sent).toBe(false);
  });

  it.each(HOSTILE.filter(([, url]) => /^https?:[/\\]{2}[!-~]*$/.test(url)))(
    'refuses a redirect to %s: %s',
    async (_what, url) => {
      location = url;
      const failure = await failureOf(withOutside().request({ method: 'GET', url: outsideUrl('/redirect') }));
      expect(['blocked', 'invalid_request', 'invalid_answer']).toContain(failure.kind);
    },
  );

  it('refuses them in production even when they are configured as private hosts', async () => {
    const url = `${inside.origin}/`;
    const privateHosts = [`127.0.0.1:${inside.port}`];
    expect((await guarded({ privateHosts }).request({ method: 'GET', url })).text()).toBe('inside');
    const production = guarded({ privateHosts, production: true });
    expect(await failureOf(production.request({ method: 'GET', url }))).toMatchObject({ kind: 'blocked', sent: false });
    const named = guarded({ namedPrivateHosts: privateHosts, production: true });
    expect((await named.request({ method: 'GET', url })).text()).toBe('inside');
  });

  it('names neither the address nor what answered there', async () => {
    const { message } = await failureOf(
      guarded().request({ method: 'GET', url: 'http://intranet.example.com/secret' }),
    );
    expect(message).toBe('The address may not be called: it is not a public address');
  });
});

describe('names that change', () => {
  const origin = new URL('http://rebind.example.com/');
  const policy = new AddressPolicy({ production: true });

  /** What a socket would be told to connect to. */
  const look = (resolve: Resolver, all: boolean) =>
    new Promise<unknown>((told) =>
      guardedLookup(origin, policy, resolve)('rebind.example.com', { all }, (error, address) => told(error ?? address)),
    );

  it('connects to the address that was checked, and checks again with the next connection', async () => {
    const answers = ['93.184.216.34', '127.0.0.1'];
    const rebinding: Resolver = () => Promise.resolve([{ address: answers.shift() ?? '', family: 4 }]);

    expect(await look(rebinding, true)).toEqual([{ address: '93.184.216.34', family: 4 }]);
    expect(answers).toEqual(['127.0.0.1']);
    expect(await look(rebinding, true)).toMatchObject({ kind: 'blocked', sent: false });
  });

  it.each([true, false])('resolves once for a connection (all: %s)', async (all) => {
    let asked = 0;
    const counting: Resolver = () => {
      asked += 1;
      return Promise.resolve([
        { address: '93.184.216.34', family: 4 },
        { address: '2606:4700::1111', family: 6 },
      ]);
    };
    const told = await look(counting, all);
    expect(all ? told : [told]).toHaveLength(all ? 2 : 1);
    expect(asked).toBe(1);
  });

  it('sends nothing to a public name that has become private, on any allowed port', async () => {
    const seen = inside.requests.length;
    const client = guarded({ ports: [80, inside.port] });
    const failure = await failureOf(
      client.request({ method: 'GET', url: `http://localtest.example.com:${inside.port}/` }),
    );
    expect(failure).toMatchObject({ kind: 'blocked', sent: false });
    expect(inside.requests).toHaveLength(seen);
  });

  it('says so when a name has no address', async () => {
    const failure = await failureOf(guarded().request({ method: 'GET', url: 'http://unknown.example.com/' }));
    expect(failure).toMatchObject({ kind: 'network', sent: false });
    expect(await look(() => Promise.resolve([]), true)).toMatchObject({ kind: 'blocked' });
  });
});

describe('redirects', () => {
  it('follows three, and not a fourth', async () => {
    const client = withOutside();
    await failureOf(client.request({ method: 'GET', url: outsideUrl('/hop1') })).then((failure) =>
      expect(failure).toMatchObject({ kind: 'too_many_redirects', sent: true }),
    );
    const hops = outside.requests.filter(({ url }) => url.startsWith('/hop'));
    expect(hops.map(({ url }) => url)).toEqual(['/hop1', '/hop2', '/hop3', '/hop4']);
  });

  it('keeps headers within the origin and drops credentials when leaving it', async () => {
    const client = guarded({
      namedPrivateHosts: [`hooks.example.com:${outside.port}`, `other.example.com:${inside.port}`],
    });
    location = `http://other.example.com:${inside.port}/taken`;
    inside.requests.length = 0;
    await client.request({
      method: 'POST',
      url: outsideUrl('/redirect'),
      headers: { Authorization: 'Bearer s3cret', Cookie: 'a=b', 'X-Api-Key': 's3cret', Accept: 'text/plain' },
      json: { a: 1 },
    });
    const taken = inside.requests[0];
    expect(taken).toMatchObject({ method: 'POST', body: '{"a":1}' });
    expect(taken?.headers['accept']).toBe('text/plain');
    expect(JSON.stringify(taken?.headers)).not.toContain('s3cret');
    expect(taken?.headers['cookie']).toBeUndefined();

    location = outsideUrl('/stays');
    await client.request({ method: 'GET', url: outsideUrl('/redirect'), headers: { 'X-Api-Key': 'mine' } });
    expect(outside.requests.at(-1)?.headers['x-api-key']).toBe('mine');
  });

  it('has one time limit for all of them', async () => {
    const failure = await failureOf(withOutside().request({ method: 'GET', url: outsideUrl('/hop1'), timeoutMs: 1 }));
    expect(['timeout', 'too_many_redirects']).toContain(failure.kind);
  });
});

describe('addresses that may be called', () => {
  // Nothing is connected to here: a test must not reach beyond this machine.
  it.each([
    'http://good.example.com/',
    'https://good.example.com/path?x=1',
    'http://93.184.216.34/',
    'https://[2606:4700::1111]/',
    'http://good.example.com:80/',
    'https://good.example.com:443/',
    'http://GOOD.example.com/',
    'http://[::ffff:5db8:d822]/',
    'https://hooks.zapier.com/hooks/catch/1/abc',
    'https://xn--bcher-kva.example.com/',
  ])('lets %s pass', (text) => {
    const url = new URL(text);
    const policy = new AddressPolicy({ production: true });
    policy.checkUrl(url);
    policy.checkAddresses(url, ['93.184.216.34', '2606:4700::1111']);
  });

  it('lets further ports pass when they are configured', () => {
    new AddressPolicy({ production: true, ports: [443, 8443] }).checkUrl(new URL('https://good.example.com:8443/'));
  });

  it('reaches a server through its checked address and sends its own host name', async () => {
    const response = await withOutside().request({
      method: 'GET',
      url: outsideUrl('/hello'),
      headers: { Host: 'internal.example.com', Connection: 'close', 'Transfer-Encoding': 'chunked' },
    });
    expect(response.text()).toBe('outside');
    expect(outside.requests.at(-1)?.headers.host).toBe(`hooks.example.com:${outside.port}`);
  });
});
