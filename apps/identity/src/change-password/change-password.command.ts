import { Command } from '@nestjs/cqrs';
import type { Caller } from '../caller.js';

export class ChangePassword extends Command<void> {
  constructor(
    readonly userId: string,
    readonly sessionId: string,
    readonly passwords: { current: string; next: string },
    readonly caller: Caller,
  ) {
    super();
  }
}
