import { expect, test } from '@jest/globals';
import { HelperFailure } from '#helpers';
import { helperDns, type DnsResolver } from './system-dns.js';
import { verifySender } from './verify-sender.js';

const failing = (code: string) => (): Promise<never> => Promise.reject(Object.assign(new Error(code), { code }));

/** A resolver that knows the given answers and nothing else. */
const resolver = (answers: Partial<DnsResolver>): DnsResolver => ({
  resolveMx: failing('ENOTFOUND'),
  resolve4: failing('ENODATA'),
  resolve6: failing('ENODATA'),
  resolveTxt: failing('ENOTFOUND'),
  ...answers,
});

async function failureOf(asking: Promise<unknown>): Promise<HelperFailure> {
  try {
    await asking;
  } catch (error) {
    if (error instanceof HelperFailure) return error;
    throw error;
  }
  throw new Error('there was an answer');
}

test('mail hosts come best first', async () => {
  const answers = [
    { priority: 20, exchange: 'b.example' },
    { priority: 10, exchange: 'a.example' },
  ];
  const dns = helperDns(resolver({ resolveMx: () => Promise.resolve(answers) }));
  expect(await dns.mailHosts('x.example')).toEqual(['a.example', 'b.example']);
});

test('no domain, no hosts, and a domain that takes no mail are told apart', async () => {
  expect(await helperDns(resolver({})).mailHosts('x.example')).toBeNull();
  expect(await helperDns(resolver({ resolveMx: failing('ENODATA') })).mailHosts('x.example')).toEqual([]);
  const none = () => Promise.resolve([{ priority: 0, exchange: '' }]);
  expect(await helperDns(resolver({ resolveMx: none })).mailHosts('x.example')).toEqual(['.']);
});

test.each(['ESERVFAIL', 'ETIMEOUT', 'ECONNREFUSED', 'EREFUSED'])('%s is no answer', async (code) => {
  const dns = helperDns(resolver({ resolveMx: failing(code), resolve4: failing(code) }));
  expect(await failureOf(dns.mailHosts('x.example'))).toMatchObject({ code: 'dns_error', failureClass: 'retry' });
  expect(await failureOf(dns.hasAddress('x.example'))).toMatchObject({ code: 'dns_error', failureClass: 'retry' });
});

test('an address of either kind counts', async () => {
  const sixes = resolver({ resolve6: (() => Promise.resolve(['2001:db8::1'])) as unknown as DnsResolver['resolve6'] });
  expect(await helperDns(sixes).hasAddress('x.example')).toBe(true);
  expect(await helperDns(resolver({})).hasAddress('x.example')).toBe(false);
});

test('a sender needs a domain that names the account', async () => {
  const asked: string[] = [];
  const publishing = (text: string) =>
    resolver({
      resolveTxt: (name) => {
        asked.push(name);
        return Promise.resolve([['v=spf1 -all'], [text.slice(0, 5), text.slice(5)]]);
      },
    });
  await verifySender(publishing('account=account:a1'), 'shop@Example.com', 'account:a1');
  expect(asked).toEqual(['_myfusionhelper.example.com']);
  const refused = await failureOf(verifySender(publishing('account=account:a2'), 'shop@example.com', 'account:a1'));
  expect(refused).toMatchObject({ code: 'sender_not_verified', failureClass: 'give_up' });
  expect(refused.message).toContain('_myfusionhelper.example.com');
});
