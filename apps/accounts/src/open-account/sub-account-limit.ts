import { Injectable } from '@nestjs/common';
import { Problem, questions, type AccountScope } from '#contracts';
import { Questions } from '#messaging';
import { refuseTooDeep, SUB_ACCOUNTS_OF_PLAN } from '../domain/sub-accounts.js';
import { Accounts } from '../persistence/accounts.repository.js';

/** Where a sub-account would lie, and whether the plan of its root has room for it. */
interface Room {
  rootId: string;
  /** Of the new account, the root first. */
  ancestors: string[];
  /** Exact only under the guard of the root's sub-accounts. @throws Problem 403 `billing.limit_reached` */
  check(): Promise<void>;
}

/** Sub-accounts at any depth count against the plan of the root. */
@Injectable()
export class SubAccountLimit {
  constructor(
    private readonly questions: Questions,
    private readonly accounts: Accounts,
  ) {}

  /** @throws Problem 409 when it would lie too deep, or the account above is being deleted */
  async below(parent: AccountScope): Promise<Room> {
    const account = await this.accounts.own(parent);
    refuseTooDeep(account);
    const ancestors = [...(account.ancestors ?? []), account._id];
    const [rootId = account._id] = ancestors;
    const { plan, label, upgrade_url } = await this.questions.ask(questions.limits, { account_id: rootId });
    const limit = SUB_ACCOUNTS_OF_PLAN[plan];
    return {
      rootId,
      ancestors,
      check: async () => {
        const used = await this.accounts.countBelow(rootId);
        if (used < limit) return;
        const text = `Your ${label} plan allows ${limit} sub-accounts. Upgrade to add more.`;
        throw new Problem(403, 'billing.limit_reached', text, { data: { limit, used, plan, upgrade_url } });
      },
    };
  }
}
