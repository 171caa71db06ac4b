import { Injectable } from '@nestjs/common';
import { Problem, questions, type AccountScope, type AnswerOf } from '#contracts';
import { Questions } from '#messaging';
import { Memberships } from '../persistence/memberships.repository.js';

export type Plan = AnswerOf<typeof questions.limits>;

/** The name under which the account's team is guarded in transactions that change its size. */
export const TEAM = 'team_members';

/** How many members the plan of an account allows; invited ones take a place. */
@Injectable()
export class TeamLimit {
  constructor(
    private readonly questions: Questions,
    private readonly memberships: Memberships,
  ) {}

  /** What billing says; asked before the transaction, which must not wait for other services. */
  planOf(scope: AccountScope): Promise<Plan> {
    return this.questions.ask(questions.limits, { account_id: scope.accountId });
  }

  /**
   * Exact only under the guard of the account's team.
   * @param places that are to be taken in addition to those that are
   * @throws Problem 403 `billing.limit_reached`
   */
  async check(scope: AccountScope, { plan, limits, upgrade_url }: Plan, places: number): Promise<void> {
    const limit = limits.max_team_members;
    if (limit === null) return;
    const used = await this.memberships.countTeam(scope);
    if (used + places <= limit) return;
    const text = 'Team member limit reached. Upgrade your plan to add more members.';
    throw new Problem(403, 'billing.limit_reached', text, { data: { limit, used, plan, upgrade_url } });
  }
}
