import { Command } from '@nestjs/cqrs';
import type { Account, questions, RequestOf } from '#contracts';

/** Makes an account with its owner's membership; repeating it changes nothing. */
export class CreateAccount extends Command<Account> {
  constructor(readonly wish: RequestOf<typeof questions.createAccount>) {
    super();
  }
}
