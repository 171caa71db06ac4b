import { Command } from '@nestjs/cqrs';
import type { Caller } from '../caller.js';

/** Answers how many other sessions ended. */
export class DisableSecondFactor extends Command<number> {
  constructor(
    readonly actor: { userId: string; sessionId: string },
    readonly shown: { password: string; code: string },
    readonly caller: Caller,
  ) {
    super();
  }
}
