import { Command } from '@nestjs/cqrs';
import type { Caller } from '../caller.js';

/** What the mail brought. */
export type EmailProof = { email: string; code: string } | { token: string };

export class VerifyEmail extends Command<{ email: string }> {
  constructor(
    readonly proof: EmailProof,
    readonly caller: Caller,
  ) {
    super();
  }
}
