import type { FieldValue } from '#connectors';
import type { HelperHttpRequest } from '../ports.js';

/** A change that the helper would make in the CRM. */
export interface DryRunCall {
  /** Operation of the connector port, in Pascal case. */
  op: string;
  args: unknown[];
}

/** A request to somebody else's system that would be sent. */
export interface DryRunRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface FieldChange {
  field: string;
  before: FieldValue;
  after: FieldValue;
}

/** An effect outside CRM and HTTP: a mail, a file. */
export interface DryRunDelivery {
  kind: string;
  content: Record<string, unknown>;
}

/** What a dry run takes note of instead of doing it. */
export class DryRunNotes {
  readonly calls: DryRunCall[] = [];
  readonly http: DryRunRequest[] = [];
  readonly enqueued: { helper_id: string; delay_seconds: number }[] = [];
  readonly deliveries: DryRunDelivery[] = [];
  readonly added = new Set<string>();
  readonly removed = new Set<string>();
  readonly warnings = new Set<string>();
  /** Credentials that turned up; they appear in no report. */
  readonly secrets = new Set<string>();
  readonly #fields = new Map<string, FieldChange>();

  /** Whether an answer was made up: what follows it may come out otherwise in a real run. */
  get guessed(): boolean {
    return this.http.length > 0;
  }

  get fields(): FieldChange[] {
    return [...this.#fields.values()];
  }

  /** The first value before and the last one after count. */
  fieldChanged(field: string, before: FieldValue, after: FieldValue): void {
    this.#fields.set(field, { field, before: this.#fields.get(field)?.before ?? before, after });
  }

  requested({ method, url, headers = {}, body = '' }: HelperHttpRequest): void {
    const shown = typeof body === 'string' ? body : `${body.byteLength} bytes`;
    this.http.push({ method, url, headers, body: shown });
  }
}
