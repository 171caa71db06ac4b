import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { events, Problem, questions, scopeOf } from '#contracts';
import { Questions } from '#messaging';
import { Outbox, UnitOfWork } from '#persistence';
import { AccountFigures } from '../figures/account-figures.js';
import { Accounts } from '../persistence/accounts.repository.js';
import { Memberships } from '../persistence/memberships.repository.js';
import { noMembership } from '../read-membership/no-membership.js';
import { SwitchAccount, type SwitchedAccount } from './switch-account.command.js';

/**
 * Membership is decided here, tokens are made by identity, which owns sessions: it moves the session to the account
 * that is named to it, and nobody else signs tokens.
 */
@CommandHandler(SwitchAccount)
export class SwitchAccountHandler implements ICommandHandler<SwitchAccount> {
  constructor(
    private readonly accounts: Accounts,
    private readonly memberships: Memberships,
    private readonly figures: AccountFigures,
    private readonly questions: Questions,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
  ) {}

  async execute({ caller, fromAccountId, toAccountId }: SwitchAccount): Promise<SwitchedAccount> {
    const membership = await this.memberships.active(caller.userId, toAccountId);
    if (membership === null) throw noMembership();
    const record = await this.accounts.own(scopeOf(toAccountId));
    if (record.status === 'suspended') throw new Problem(403, 'account.suspended', 'This account is suspended');
    const account = await this.figures.current(record);
    const tokens = await this.questions.ask(questions.switchSession, {
      user_id: caller.userId,
      session_id: caller.sessionId,
      account_id: toAccountId,
      role: membership.role,
      ip: caller.ip,
      user_agent: caller.userAgent,
    });
    await this.tell(caller.userId, fromAccountId, toAccountId);
    return { account, tokens };
  }

  private async tell(userId: string, fromAccountId: string, toAccountId: string): Promise<void> {
    await this.unitOfWork.run((session) =>
      this.outbox.add(session, events.accountSwitched, {
        subject: toAccountId,
        accountId: toAccountId,
        data: { account_id: toAccountId, user_id: userId, previous_account_id: fromAccountId },
      }),
    );
  }
}
