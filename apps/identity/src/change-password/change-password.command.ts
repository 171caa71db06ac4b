import { Command } from '@nestjs/cqrs';

export class ChangePassword extends Command<void> {
  constructor(
    readonly userId: string,
    readonly sessionId: string,
    readonly passwords: { current: string; next: string },
  ) {
    super();
  }
}
