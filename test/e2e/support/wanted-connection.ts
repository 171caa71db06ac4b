import { waitFor } from '#testing';
import type { Customer } from './customer.js';

export interface ShownConnection {
  connection_id: string;
  status: string;
  status_reason?: string;
  external_app_id?: string;
  external_user_id?: string;
  credentials_metadata?: Record<string, string>;
  budget?: { limit: number; remaining: number; windows: { name: string; seconds: number; limit: number }[] };
}

export async function connectionOf(customer: Customer, id: string): Promise<ShownConnection> {
  return (await customer.api.get<ShownConnection>(`/platform-connections/${id}`)).data;
}

/** Waits until executions of a helper wait for their connection, and answers them. */
export function waitingForConnection(customer: Customer, ids: readonly string[]) {
  return waitFor(
    async () => {
      const all = await Promise.all(ids.map((id) => customer.api.get<Waiting>(`/executions/${id}`)));
      const waiting = all.map(({ data }) => data).filter(({ waiting: wait }) => wait?.reason === 'connection');
      return waiting.length === ids.length ? waiting : undefined;
    },
    { deadlineMs: 60_000, everyMs: 200, what: 'executions to wait for their connection' },
  );
}

interface Waiting {
  status: string;
  attempt: number;
  waiting?: { reason: string; until: string };
}
