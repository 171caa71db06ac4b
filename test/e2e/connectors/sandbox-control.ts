import { DEFAULT_ADMIN_SECRET } from '../../../apps/sandbox-crm/src/demo-facts.js';
import type { Effect, Fault } from './contract-subject.js';

/** Steers a demo CRM by its admin routes. */
export class SandboxControl {
  constructor(private readonly url: string) {}

  async faults(rules: readonly Fault[], dialect: string): Promise<void> {
    const own = rules.map((rule) => ({ ...rule, match: { dialect, ...rule.match } }));
    await this.#admin('PUT', '/faults', { rules: own });
  }

  async effects(contactId = ''): Promise<Effect[]> {
    const { effects } = (await this.#admin('GET', `/effects?contact_id=${contactId}`)) as { effects: Effect[] };
    return effects;
  }

  async record(contactId: string): Promise<Record<string, unknown>> {
    return (await this.#admin('GET', `/contacts/${contactId}`)) as Record<string, unknown>;
  }

  async expireTokens(): Promise<void> {
    await this.#admin('POST', '/tokens/expire', {});
  }

  async #admin(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.url}/_admin${path}`, {
      method,
      headers: { 'x-sandbox-admin': DEFAULT_ADMIN_SECRET, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`The demo CRM's ${path} answered ${response.status}: ${answer}`);
    return JSON.parse(answer);
  }
}
