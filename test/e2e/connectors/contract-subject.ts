import type { CrmConnector, CustomField, ObservedCall, ObservedWait, PlatformSlug } from '#connectors';

/** A planned misbehaviour of the demo CRM. */
export interface Fault {
  id: string;
  match?: { method?: string; path?: string; contact_id?: string };
  times?: number;
  latency_ms?: number;
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  drop?: 'before' | 'after';
}

/** An effect as the demo CRM's own log tells it. */
export interface Effect {
  operation: string;
  contact_id: string;
}

export interface Connecting {
  credentials?: { api_key: string } | { access_token: string };
  refresh?: () => Promise<{ access_token: string }>;
  signal?: AbortSignal;
  timeoutMs?: number;
}

/** A connector with everything that its run observed. */
export interface Connected {
  crm: CrmConnector;
  calls: ObservedCall[];
  waits: ObservedWait[];
}

/** What a vendor's contract test must bring along: a way to connect, known records and control over the far side. */
export interface ContractSubject {
  platform: PlatformSlug;
  connect: (options?: Connecting) => Connected;
  /** Contacts that exist, in no particular state; each test takes its own. */
  contact: (index: number) => string;
  contactCount: number;
  tag: { id: string; name: string };
  /** A custom field of each sort, with a value in the product's form and another one. */
  fields: { sort: string; field: Pick<CustomField, 'id' | 'label'>; values: [unknown, unknown] }[];
  automation: string;
  goal: { name: string; integration: string };
  faults: (rules: Fault[]) => Promise<void>;
  effects: (contactId?: string) => Promise<Effect[]>;
  /** Requests that reached the far side since the last call of it. */
  requestCount: () => Promise<number>;
}
