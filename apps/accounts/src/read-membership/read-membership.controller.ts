import { Controller } from '@nestjs/common';
import { questions, scopeOf, type AnswerOf } from '#contracts';
import { Answers } from '#messaging';
import { AccountRoles } from '../access/account-roles.js';
import { AccountFigures } from '../figures/account-figures.js';
import { Accounts } from '../persistence/accounts.repository.js';
import { Memberships } from '../persistence/memberships.repository.js';
import { noMembership } from './no-membership.js';

interface MembershipRequest {
  user_id: string;
  account_id?: string | undefined;
  fresh_usage: boolean;
}

/** Answers of this service about accounts and who belongs to them. */
@Controller()
export class ReadMembershipController {
  constructor(
    private readonly roles: AccountRoles,
    private readonly accounts: Accounts,
    private readonly memberships: Memberships,
    private readonly figures: AccountFigures,
  ) {}

  @Answers(questions.getMembership)
  async membership(request: MembershipRequest): Promise<AnswerOf<typeof questions.getMembership>> {
    const places = await this.roles.allOf(request.user_id);
    const wanted = request.account_id ?? places[0]?.account._id;
    const place = places.find(({ account }) => account._id === wanted);
    if (place === undefined) throw noMembership();
    const { account, role } = place;
    return {
      account: await (request.fresh_usage ? this.figures.current(account) : this.figures.lastKnown(account)),
      role,
      status: 'active',
      available_accounts: places.map((each) => ({
        account_id: each.account._id,
        account_name: each.account.name,
        role: each.role,
      })),
    };
  }

  @Answers(questions.getAccount)
  async account({ account_id }: { account_id: string }): Promise<AnswerOf<typeof questions.getAccount>> {
    return this.figures.lastKnown(await this.accounts.own(scopeOf(account_id)));
  }

  @Answers(questions.countAccounts)
  async countAccounts(): Promise<{ count: number }> {
    return { count: await this.accounts.countLiving() };
  }

  @Answers(questions.countTeam)
  async countTeam({ account_id }: { account_id: string }): Promise<{ count: number }> {
    return { count: await this.memberships.countTeam(scopeOf(account_id)) };
  }
}
