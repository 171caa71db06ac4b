import type { Role } from '#contracts';
import type { BillingUnderTest } from './billing-under-test.js';
import { tokenFor } from './neighbours.js';

export interface Called {
  status: number;
  /** `data` of a successful answer, or the whole body of a failure. */
  body: unknown;
}

/** Calls routes of billing as a member of an account. */
export class Calls {
  constructor(
    private readonly billing: BillingUnderTest,
    private readonly accountId: string,
    private readonly role: Role = 'owner',
  ) {}

  as(role: Role): Calls {
    return new Calls(this.billing, this.accountId, role);
  }

  get(path: string): Promise<Called> {
    return this.#call('GET', path);
  }

  post(path: string, body: object = {}): Promise<Called> {
    return this.#call('POST', path, body);
  }

  put(path: string, body: object): Promise<Called> {
    return this.#call('PUT', path, body);
  }

  delete(path: string): Promise<Called> {
    return this.#call('DELETE', path);
  }

  async #call(method: string, path: string, body?: object): Promise<Called> {
    const response = await fetch(this.billing.running.url + path, {
      method,
      headers: {
        authorization: `Bearer ${await tokenFor(this.accountId, this.role)}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as { data?: unknown };
    return { status: response.status, body: response.ok ? answer.data : answer };
  }
}
