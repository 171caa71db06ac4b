import { Command } from '@nestjs/cqrs';

export class ForgotPassword extends Command<void> {
  /** @param email lower case */
  constructor(readonly email: string) {
    super();
  }
}
