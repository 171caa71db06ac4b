import { Injectable } from '@nestjs/common';
import { events } from '#contracts';
import { Outbox, UnitOfWork } from '#persistence';
import { Accounts } from '../persistence/accounts.repository.js';

/** Notes that the owner of an account exists; from then on the account is a fact that others hear of. */
@Injectable()
export class ClaimedAccounts {
  constructor(
    private readonly accounts: Accounts,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
  ) {}

  /** Repeating it changes nothing. */
  async claim(accountId: string): Promise<void> {
    await this.unitOfWork.run(async (session) => {
      const account = await this.accounts.claim(accountId);
      if (account === null) return;
      const { owner_user_id, name, plan } = account;
      await this.outbox.add(session, events.accountCreated, {
        subject: accountId,
        accountId,
        data: { account_id: accountId, owner_user_id, name, plan },
      });
    });
  }
}
