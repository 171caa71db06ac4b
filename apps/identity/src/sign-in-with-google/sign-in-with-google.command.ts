import { Command } from '@nestjs/cqrs';
import type { Caller } from '../caller.js';
import type { GoogleReturn } from '../google/google-client.js';
import type { SignedIn } from '../views/signed-in-view.js';

export interface SignedInWithGoogle {
  signedIn: SignedIn;
  /** Whether the user came into being by this. */
  created: boolean;
  /** Path of the web client to go on with. */
  redirect: string | undefined;
}

export class SignInWithGoogle extends Command<SignedInWithGoogle> {
  constructor(
    readonly state: string,
    readonly back: GoogleReturn,
    readonly caller: Caller,
  ) {
    super();
  }
}
