import { Command } from '@nestjs/cqrs';
import type { Caller } from '../caller.js';

/** What the mail for a forgotten password brought. */
export type ResetProof = { email: string; code: string } | { token: string };

export class ResetPassword extends Command<void> {
  constructor(
    readonly proof: ResetProof,
    readonly password: string,
    readonly caller: Caller,
  ) {
    super();
  }
}
