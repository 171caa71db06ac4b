import { Command } from '@nestjs/cqrs';
import type { Caller } from '../caller.js';

export class UnlinkGoogle extends Command<void> {
  constructor(
    readonly userId: string,
    readonly password: string,
    readonly caller: Caller,
  ) {
    super();
  }
}
