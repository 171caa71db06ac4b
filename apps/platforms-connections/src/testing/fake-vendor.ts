import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface VendorCall {
  method: string;
  path: string;
  authorization: string;
  form: Record<string, string>;
  body: string;
}

export const TOKEN_PATH = '/oauth/token';
export const USER_INFO_PATH = '/keap/crm/rest/v2/oauth/connect/userinfo';

export interface VendorAnswer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

type Answering = (call: VendorCall) => VendorAnswer | Promise<VendorAnswer>;

/**
 * A vendor on a loopback port: an OAuth token endpoint that spends refresh tokens as Keap does, user info, and
 * whatever a test adds by path. A call nobody foresaw is answered 404 and shows up in `calls`.
 */
export class FakeVendor {
  readonly calls: VendorCall[] = [];
  /** Seconds a granted access token lives. */
  lifetime = 3600;
  /** Who signs in next. */
  person = 'person-1';
  readonly #routes = new Map<string, Answering>();
  /** Refresh tokens that have not been spent. */
  readonly #good = new Set<string>();
  #issued = 0;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<FakeVendor> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const vendor = new FakeVendor(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void vendor.#serve(request, response);
    });
    vendor.on(TOKEN_PATH, (call) => vendor.grant(call));
    vendor.on(USER_INFO_PATH, () => ({
      status: 200,
      body: { sub: vendor.person, email: 'ada@example.com', tenant_id: 'tenant-1' },
    }));
    return vendor;
  }

  /** Answers a path; the last word wins. */
  on(path: string, answering: Answering): void {
    this.#routes.set(path, answering);
  }

  /** Calls of one path so far. */
  callsOf(path: string): VendorCall[] {
    return this.calls.filter((call) => call.path === path);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const body = await text(request);
    const call = {
      method: request.method ?? '',
      path: url.pathname,
      authorization: request.headers.authorization ?? '',
      form: Object.fromEntries(new URLSearchParams(body)),
      body,
    };
    this.calls.push(call);
    const answer = (await this.#routes.get(url.pathname)?.(call)) ?? { status: 404, body: { message: 'unknown path' } };
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(JSON.stringify(answer.body));
  }

  /** The token endpoint as it behaves when nothing is wrong; a test that replaces it may fall back on this. */
  grant({ form }: VendorCall): VendorAnswer {
    const spent =
      form['grant_type'] === 'refresh_token' ? this.#good.delete(form['refresh_token'] ?? '') : form['code'] === 'good';
    if (!spent) return { status: 400, body: { error: 'invalid_grant' } };
    this.#issued += 1;
    const refreshToken = `rt-${this.#issued}`;
    this.#good.add(refreshToken);
    const body = {
      access_token: `at-${this.#issued}`,
      refresh_token: refreshToken,
      token_type: 'bearer',
      expires_in: this.lifetime,
      scope: 'full',
    };
    return { status: 200, body };
  }

  /** Forgets all refresh tokens: the customer has withdrawn the access. */
  withdraw(): void {
    this.#good.clear();
  }
}
