import { environment } from './environment.js';
import { startService, type RunningService, type ServiceDefinition } from '#service-defaults';
import { service } from '../service.js';
import { NeighboursModule, neighbourhood } from './neighbours.js';

/** `Body` is what a test expects to find; the test's own assertions are the check. */
export interface Reply<Body> {
  status: number;
  /** `data` of a success, the whole body of a failure. */
  body: Body;
  headers: Headers;
}

export interface CallOptions {
  token?: string | undefined;
  ip?: string;
  agent?: string;
}

export interface Failure {
  success: false;
  error: string;
  code: string;
  retry_after?: number;
  data?: Record<string, unknown>;
  errors?: { field: string; code: string; message: string }[];
}

export interface SignedInBody {
  token: string;
  refresh_token: string;
  expires_in: number;
  user: { user_id: string; email: string; current_account_id: string; [field: string]: unknown };
  account: { account_id: string; settings: object; usage: object; [field: string]: unknown };
}

export const PASSWORD = 'Correct-Horse-7';

let people = 0;

/** Calls one service over HTTP. */
export class Client {
  constructor(readonly running: RunningService) {}

  async call<Body>(method: string, path: string, body?: unknown, options: CallOptions = {}): Promise<Reply<Body>> {
    const response = await fetch(`${this.running.url}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        'user-agent': options.agent ?? 'suite/1.0',
        'x-forwarded-for': options.ip ?? '198.51.100.7',
        ...(options.token !== undefined && { authorization: `Bearer ${options.token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const json = (await response.json()) as { data?: unknown };
    return { status: response.status, body: (response.ok ? json.data : json) as Body, headers: response.headers };
  }

  get<Body>(path: string, token?: string): Promise<Reply<Body>> {
    return this.call<Body>('GET', path, undefined, { token });
  }

  post<Body>(path: string, body?: unknown, options?: CallOptions): Promise<Reply<Body>> {
    return this.call<Body>('POST', path, body, options);
  }

  put<Body>(path: string, body: unknown, token?: string): Promise<Reply<Body>> {
    return this.call<Body>('PUT', path, body, { token });
  }

  delete<Body>(path: string, token?: string): Promise<Reply<Body>> {
    return this.call<Body>('DELETE', path, undefined, { token });
  }

  /** Registers somebody new and gives what registration answered. */
  async newcomer(email = newEmail(), options?: CallOptions): Promise<SignedInBody> {
    const { status, body } = await this.post<SignedInBody>('/auth/register', registration(email), options);
    if (status !== 200) throw new Error(`registration answered ${status}: ${JSON.stringify(body)}`);
    return body;
  }

  async signIn(email: string, options?: CallOptions): Promise<SignedInBody> {
    const { status, body } = await this.post<SignedInBody>('/auth/login', { email, password: PASSWORD }, options);
    if (status !== 200) throw new Error(`login answered ${status}: ${JSON.stringify(body)}`);
    return body;
  }
}

export const newEmail = (): string => `person${(people += 1)}@example.test`;

export const registration = (email: string) => ({
  email,
  password: PASSWORD,
  name: 'Ada Lovelace',
  phone_number: '+44 20 7946 0000',
  company: 'Engines Ltd',
});

/** Starts identity on the suite's own databases and streams, with a billing, helpers and connections that answer. */
export async function startIdentity(): Promise<Client> {
  const overrides = { port: 0, host: '127.0.0.1', imports: [NeighboursModule] };
  return new Client(await startService(service, overrides));
}

/** Starts another service beside it. */
export async function startBeside(definition: ServiceDefinition): Promise<Client> {
  return new Client(await startService(definition, { port: 0, host: '127.0.0.1' }));
}

export { environment, neighbourhood };
