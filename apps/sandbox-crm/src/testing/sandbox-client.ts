import { DEFAULT_ADMIN_SECRET, DEMO_KEY } from '../demo-facts.js';
import type { SandboxOptions } from '../sandbox-options.js';
import { startSandbox } from '../sandbox.js';

export interface Reply {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

export interface CallOptions {
  body?: unknown;
  headers?: Record<string, string>;
  /** A key or an access token; null sends none. */
  token?: string | null;
}

/** A sandbox on a free port of this machine, and short ways to talk to it. */
export async function sandboxForTest(options: SandboxOptions = {}) {
  const sandbox = await startSandbox({ port: 0, contacts: 30, ...options });
  const request = async (method: string, path: string, { body, headers, token }: CallOptions = {}): Promise<Reply> => {
    const answer = await fetch(sandbox.url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token ?? DEMO_KEY}` }),
        ...(body === undefined || body instanceof URLSearchParams ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: body instanceof URLSearchParams ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') === true;
    const parsed: unknown = isJson && text !== '' ? JSON.parse(text) : { text };
    return { status: answer.status, headers: answer.headers, body: parsed as Record<string, unknown> };
  };
  return {
    url: sandbox.url,
    stop: () => sandbox.stop(),
    request,
    keap: (method: string, path: string, options?: CallOptions) => request(method, `/keap/crm/rest/v2${path}`, options),
    admin: (method: string, path: string, body?: unknown) =>
      request(method, `/_admin${path}`, { body, token: null, headers: { 'x-sandbox-admin': DEFAULT_ADMIN_SECRET } }),
  };
}

export type SandboxForTest = Awaited<ReturnType<typeof sandboxForTest>>;

/** The effects so far, without times and numbers. */
export async function effectsOf(sandbox: SandboxForTest, query = ''): Promise<Record<string, unknown>[]> {
  const { body } = await sandbox.admin('GET', `/effects${query}`);
  const effects = body['effects'] as Record<string, unknown>[];
  return effects.map(({ operation, contact_id, args }) => ({ operation, contact_id, args }));
}
