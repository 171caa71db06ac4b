import { Controller } from '@nestjs/common';
import { questions, scopeOf, type AnswerOf } from '#contracts';
import { Answers } from '#messaging';
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
    private readonly accounts: Accounts,
    private readonly memberships: Memberships,
    private readonly figures: AccountFigures,
  ) {}

  @Answers(questions.getMembership)
  async membership(request: MembershipRequest): Promise<AnswerOf<typeof questions.getMembership>> {
    const all = await this.memberships.ofUser(request.user_id);
    const wanted = request.account_id ?? all[0]?.account_id;
    const membership = all.find(({ account_id }) => account_id === wanted);
    if (membership === undefined) throw noMembership();
    const records = await this.accounts.ofMember(all.map(({ account_id }) => account_id));
    const byId = new Map(records.map((record) => [record._id, record]));
    const account = byId.get(membership.account_id);
    if (account === undefined) throw noMembership();
    return {
      account: await (request.fresh_usage ? this.figures.current(account) : this.figures.lastKnown(account)),
      role: membership.role,
      status: membership.status,
      available_accounts: all.flatMap(({ account_id, role }) => {
        const name = byId.get(account_id)?.name;
        return name === undefined ? [] : [{ account_id, account_name: name, role }];
      }),
    };
  }

  @Answers(questions.getAccount)
  async account({ account_id }: { account_id: string }): Promise<AnswerOf<typeof questions.getAccount>> {
    return this.figures.lastKnown(await this.accounts.own(scopeOf(account_id)));
  }

  @Answers(questions.countTeam)
  async countTeam({ account_id }: { account_id: string }): Promise<{ count: number }> {
    return { count: await this.memberships.countTeam(scopeOf(account_id)) };
  }
}
