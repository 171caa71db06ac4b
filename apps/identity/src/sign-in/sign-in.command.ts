import { Command } from '@nestjs/cqrs';
import type { Caller } from '../caller.js';
import type { SignedIn } from '../views/signed-in-view.js';

/** Address (lower case) and password, or the token of a sign-in that waits for its second step. */
export type SignInProof = { email: string; password: string } | { mfaToken: string };

export class SignIn extends Command<SignedIn> {
  constructor(
    readonly proof: SignInProof,
    /** Of the authenticator app, or a recovery code. */
    readonly mfaCode: string | undefined,
    readonly caller: Caller,
  ) {
    super();
  }
}
