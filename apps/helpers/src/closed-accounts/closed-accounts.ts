import { Injectable } from '@nestjs/common';
import { AccountClosings } from './account-closings.repository.js';

/** That an account goes on is believed for this long; that it is being deleted is read each time. */
const OPEN_FOR_MS = 1_000;
const MOST_KEPT = 10_000;

/** Says which accounts are being deleted, with at most one read a second for an account that is not. */
@Injectable()
export class ClosedAccounts {
  private readonly open = new Map<string, number>();

  constructor(private readonly closings: AccountClosings) {}

  /** @returns when each of these accounts that is being deleted will be erased */
  async among(accountIds: Iterable<string>): Promise<ReadonlyMap<string, Date>> {
    const now = Date.now();
    const asked = [...new Set(accountIds)].filter((id) => (this.open.get(id) ?? 0) <= now);
    if (asked.length === 0) return new Map();
    const closings = await this.closings.closed(asked);
    const closed = new Map(closings.map(({ _id, erase_at }) => [_id, erase_at ?? new Date(now)]));
    if (this.open.size >= MOST_KEPT) this.open.clear();
    for (const id of asked) {
      if (closed.has(id)) this.open.delete(id);
      else this.open.set(id, now + OPEN_FOR_MS);
    }
    return closed;
  }
}
