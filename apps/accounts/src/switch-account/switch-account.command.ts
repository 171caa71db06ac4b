import { Command } from '@nestjs/cqrs';
import type { Account, AnswerOf, questions } from '#contracts';

export interface SwitchedAccount {
  account: Account;
  tokens: AnswerOf<typeof questions.switchSession>;
}

export class SwitchAccount extends Command<SwitchedAccount> {
  constructor(
    readonly caller: { userId: string; sessionId: string; ip: string; userAgent: string },
    readonly fromAccountId: string,
    readonly toAccountId: string,
  ) {
    super();
  }
}
