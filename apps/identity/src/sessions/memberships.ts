import { Injectable } from '@nestjs/common';
import { isProblem, Problem, questions, type AnswerOf } from '#contracts';
import { Questions } from '#messaging';

export type Membership = AnswerOf<typeof questions.getMembership>;

/** What accounts says about a user's place in an account. */
@Injectable()
export class Memberships {
  constructor(private readonly questions: Questions) {}

  /**
   * The active membership in one account, with usage figures of a few seconds' age.
   * @throws Problem 403 `account.no_membership`, 403 `account.suspended`
   */
  async in(userId: string, accountId: string): Promise<Membership> {
    return usable(await this.questions.ask(questions.getMembership, { user_id: userId, account_id: accountId }));
  }

  /** As {@link in}, without fresh usage figures: for tokens. */
  async roleIn(userId: string, accountId: string): Promise<Membership> {
    const request = { user_id: userId, account_id: accountId, fresh_usage: false };
    return usable(await this.questions.ask(questions.getMembership, request));
  }

  /** As {@link roleIn}, for an API key: it stops with the deletion of its account, which only people can take back. */
  async forKey(userId: string, accountId: string): Promise<Membership> {
    const membership = await this.roleIn(userId, accountId);
    if (membership.account.status !== 'closing') return membership;
    throw new Problem(403, 'account.suspended', 'This account is being deleted');
  }

  /** The account of the next sign-in: the preferred one, or the oldest if the user is no member of that (any more). */
  async forSignIn(userId: string, preferred: string): Promise<Membership> {
    try {
      return await this.in(userId, preferred);
    } catch (error) {
      if (!isProblem(error) || error.code !== 'account.no_membership') throw error;
      return usable(await this.questions.ask(questions.getMembership, { user_id: userId }));
    }
  }
}

function usable(membership: Membership): Membership {
  if (membership.account.status !== 'suspended') return membership;
  throw new Problem(403, 'account.suspended', 'This account is suspended');
}
