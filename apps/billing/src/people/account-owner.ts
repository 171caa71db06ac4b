import { Injectable } from '@nestjs/common';
import { isProblem, questions } from '#contracts';
import { Questions } from '#messaging';

/** Who is told about an account's plan and usage. */
export interface AccountOwner {
  accountName: string;
  userId: string;
  name: string;
  email: string;
  /** What the owner wants to be told about, by the name of the preference. */
  wants: Readonly<Record<string, boolean>>;
}

/** Owners of accounts, as accounts and identity know them. */
@Injectable()
export class AccountOwners {
  constructor(private readonly questions: Questions) {}

  /** @returns undefined when the account or its owner is gone @throws Problem 503 when nobody answers */
  async of(accountId: string): Promise<AccountOwner | undefined> {
    const account = await this.questions
      .ask(questions.getAccount, { account_id: accountId })
      .catch((error: unknown) => {
        if (isProblem(error) && error.status === 404) return undefined;
        throw error;
      });
    if (account === undefined) return undefined;
    const user_id = account.owner_user_id;
    const [{ users }, { wants }] = await Promise.all([
      this.questions.ask(questions.describeUsers, { user_ids: [user_id] }),
      this.questions.ask(questions.preferencesOfUser, { user_id }),
    ]);
    const [owner] = users;
    return owner && { accountName: account.name, userId: user_id, name: owner.name, email: owner.email, wants };
  }
}
