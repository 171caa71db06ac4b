import { Injectable } from '@nestjs/common';
import { AuditLog, type AuditActor } from '#audit';
import { UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import type { AppGrant, GrantEndReason } from '../persistence/app-grant.collection.js';
import { AppGrants } from '../persistence/app-grants.repository.js';
import { OAuthRecords } from '../persistence/oauth-records.repository.js';

/** Ends what users allowed linked apps: codes and tokens are void at once, access tokens within two seconds. */
@Injectable()
export class EndedGrants {
  constructor(
    private readonly grants: AppGrants,
    private readonly records: OAuthRecords,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Ending it once more changes nothing. */
  async end(grantId: string, reason: GrantEndReason): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      const ended = await this.grants.end(grantId, reason, this.clock.now());
      await this.records.dropGrant(grantId);
      if (ended === null) return;
      await this.audit.record(transaction, {
        type: 'identity.grant.revoked',
        accountId: ended.account_id,
        by: endedBy(ended, reason),
        target: { kind: 'grant', id: grantId },
        data: { client: ended.client_id, user_id: ended.user_id, reason },
      });
    });
  }

  /** Ends all of a user, and every sign-in that is on its way to another one. Joins the transaction of the caller. */
  endAll(userId: string, reason: GrantEndReason): Promise<void> {
    return this.unitOfWork.run(async () => {
      for (const { _id } of await this.grants.living(userId, this.clock.now())) await this.end(_id, reason);
      await this.records.dropUser(userId);
    });
  }
}

function endedBy({ _id, user_id }: AppGrant, reason: GrantEndReason): AuditActor {
  return reason === 'revoked_by_app' || reason === 'token_reused'
    ? { kind: 'app', id: _id }
    : { kind: 'user', id: user_id };
}
