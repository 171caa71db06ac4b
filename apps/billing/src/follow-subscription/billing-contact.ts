import { Injectable } from '@nestjs/common';
import { isProblem, questions } from '#contracts';
import { Questions } from '#messaging';

/** An account and the person who is written to about its plan. */
export interface BillingContact {
  accountName: string;
  /** Undefined while nobody can be written to. */
  owner: { userId: string; address: string; name: string } | undefined;
}

/** Finds out who is written to. */
@Injectable()
export class BillingContacts {
  constructor(private readonly ask: Questions) {}

  /** @returns undefined for an account that does not exist any more */
  async of(accountId: string): Promise<BillingContact | undefined> {
    const account = await this.ask.ask(questions.getAccount, { account_id: accountId }).catch((error: unknown) => {
      if (isProblem(error) && error.status === 404) return undefined;
      throw error;
    });
    if (account === undefined) return undefined;
    const { users } = await this.ask.ask(questions.describeUsers, { user_ids: [account.owner_user_id] });
    const [owner] = users;
    return {
      accountName: account.name,
      owner: owner && { userId: owner.user_id, address: owner.email, name: owner.name },
    };
  }
}
