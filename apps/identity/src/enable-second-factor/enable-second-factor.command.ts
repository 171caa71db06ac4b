import { Command } from '@nestjs/cqrs';
import type { Caller } from '../caller.js';

/** Answers the recovery codes. */
export class EnableSecondFactor extends Command<string[]> {
  constructor(
    readonly userId: string,
    readonly code: string,
    readonly caller: Caller,
  ) {
    super();
  }
}
