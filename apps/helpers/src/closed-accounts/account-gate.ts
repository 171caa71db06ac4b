import { Injectable } from '@nestjs/common';
import { Problem } from '#contracts';
import type { ExecutionRequest } from '../accept-execution/execution-request.js';
import type { ExecutionRecord } from '../domain/execution-record.js';
import { ExecutionsRepository } from '../persistence/executions.repository.js';
import { ClosedAccounts } from './closed-accounts.js';

/** Lets nothing into an account that is being deleted, and nothing of it into the stream. */
@Injectable()
export class AccountGate {
  constructor(
    private readonly closed: ClosedAccounts,
    private readonly executions: ExecutionsRepository,
  ) {}

  /**
   * Splits off what is asked for in accounts that are being deleted. Steps of a chain are accepted all the same: they
   * belong to what was begun before, and wait like the rest of it.
   */
  async refused(requests: readonly ExecutionRequest[]): Promise<ReadonlySet<ExecutionRequest>> {
    const closed = await this.closed.among(requests.map(({ accountId }) => accountId));
    if (closed.size === 0) return new Set();
    return new Set(requests.filter(({ accountId, trigger }) => trigger !== 'chain' && closed.has(accountId)));
  }

  /** Holds executions of accounts that are being deleted until these are erased. @returns the others */
  async admit(records: readonly ExecutionRecord[]): Promise<readonly ExecutionRecord[]> {
    const closed = await this.closed.among(records.map((record) => record.account_id));
    if (closed.size === 0) return records;
    for (const [accountId, eraseAt] of closed) {
      const own = records.filter((record) => record.account_id === accountId);
      await this.executions.rest(
        own.map((record) => record._id),
        eraseAt,
      );
    }
    return records.filter((record) => !closed.has(record.account_id));
  }
}

export const accountIsClosing = (): Problem =>
  new Problem(403, 'account.suspended', 'This account is being deleted: restore it to execute helpers');
