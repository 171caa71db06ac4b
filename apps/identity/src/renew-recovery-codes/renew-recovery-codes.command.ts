import { Command } from '@nestjs/cqrs';
import type { Caller } from '../caller.js';

/** Answers the new codes. */
export class RenewRecoveryCodes extends Command<string[]> {
  constructor(
    readonly userId: string,
    readonly shown: { password: string; code: string },
    readonly caller: Caller,
  ) {
    super();
  }
}
