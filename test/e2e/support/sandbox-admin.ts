/** One change in the demo CRM, from its own log. */
export interface SandboxEffect {
  seq: number;
  at: string;
  /** In whose manner it was asked for. */
  dialect: string;
  operation: string;
  contact_id: string;
  args: unknown;
}

/** One request as the demo CRM saw it. */
export interface SandboxRequest {
  seq: number;
  /** When it was answered. */
  at: string;
  operation: string;
  method: string;
  path: string;
  connection: string;
  status: number;
  trace_id?: string;
}

export interface SandboxFault {
  id: string;
  match?: { dialect?: string; method?: string; path?: string; contact_id?: string };
  times?: number;
  latency_ms?: number;
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  drop?: 'before' | 'after';
}

const SECRET = 'sandbox-admin';
const MOST_PAGES = 1_000;

/** The demo CRM's administration: what was really done there, and faults to come. */
export class SandboxAdmin {
  constructor(readonly url: string) {}

  /** Everything that was changed, oldest first. */
  async effects(filter: { contactId?: string; operation?: string } = {}): Promise<SandboxEffect[]> {
    const all: SandboxEffect[] = [];
    let after = 0;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const query = new URLSearchParams({ after: String(after) });
      if (filter.contactId !== undefined) query.set('contact_id', filter.contactId);
      if (filter.operation !== undefined) query.set('operation', filter.operation);
      const { effects } = (await this.call('GET', `/_admin/effects?${query.toString()}`)) as {
        effects: SandboxEffect[];
      };
      if (effects.length === 0) return all;
      all.push(...effects);
      after = effects.at(-1)?.seq ?? after;
    }
    throw new Error('the log of effects does not end');
  }

  async forgetEffects(): Promise<void> {
    await this.call('DELETE', '/_admin/effects');
  }

  /** Replaces all planned faults. */
  async faults(rules: SandboxFault[]): Promise<void> {
    await this.call('PUT', '/_admin/faults', { rules });
  }

  async expireTokens(): Promise<void> {
    await this.call('POST', '/_admin/tokens/expire', {});
  }

  /** Requests, oldest first, and how many token refreshes were granted since it was started. */
  async requests(operation?: string): Promise<{ token_refreshes: number; requests: SandboxRequest[] }> {
    const query = operation === undefined ? '' : `?operation=${operation}`;
    return (await this.call('GET', `/_admin/requests${query}`)) as {
      token_refreshes: number;
      requests: SandboxRequest[];
    };
  }

  async forgetRequests(): Promise<void> {
    await this.call('DELETE', '/_admin/requests');
  }

  /** Any route of the administration. */
  call(method: string, path: string, body?: unknown): Promise<unknown> {
    return fetch(this.url + path, {
      method,
      headers: { 'x-sandbox-admin': SECRET, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).then(async (response) => {
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
      return response.status === 204 ? undefined : ((await response.json()) as unknown);
    });
  }

  /** A field of a contact by the field's id. */
  async fieldOf(contactId: string, fieldId: string): Promise<unknown> {
    const response = await fetch(`${this.url}/keap/crm/rest/v2/contacts/${contactId}?fields=custom_fields`, {
      headers: { authorization: 'Bearer sandbox-demo-key' },
    });
    const contact = (await response.json()) as { custom_fields?: { id: string; content: unknown }[] };
    return contact.custom_fields?.find((field) => field.id === fieldId)?.content;
  }
}
