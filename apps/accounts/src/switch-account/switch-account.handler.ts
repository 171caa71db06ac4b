import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { events, Problem, questions } from '#contracts';
import { Questions } from '#messaging';
import { Outbox, UnitOfWork } from '#persistence';
import { AccountRoles } from '../access/account-roles.js';
import { AccountFigures } from '../figures/account-figures.js';
import { noMembership } from '../read-membership/no-membership.js';
import { SwitchAccount, type SwitchedAccount } from './switch-account.command.js';

/**
 * Membership is decided here, tokens are made by identity, which owns sessions: it moves the session to the account
 * that is named to it, and nobody else signs tokens.
 */
@CommandHandler(SwitchAccount)
export class SwitchAccountHandler implements ICommandHandler<SwitchAccount> {
  constructor(
    private readonly roles: AccountRoles,
    private readonly figures: AccountFigures,
    private readonly questions: Questions,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
  ) {}

  async execute({ caller, fromAccountId, toAccountId }: SwitchAccount): Promise<SwitchedAccount> {
    const place = await this.roles.of(caller.userId, toAccountId);
    if (place === null) throw noMembership();
    const { account: record, role } = place;
    if (record.status === 'suspended') throw new Problem(403, 'account.suspended', 'This account is suspended');
    const account = await this.figures.current(record);
    const tokens = await this.questions.ask(questions.switchSession, {
      user_id: caller.userId,
      session_id: caller.sessionId,
      account_id: toAccountId,
      role,
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
