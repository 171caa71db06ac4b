import { Command } from '@nestjs/cqrs';
import type { Caller } from '../caller.js';
import type { SignedIn } from '../views/signed-in-view.js';

export class SignIn extends Command<SignedIn> {
  constructor(
    /** Lower case. */
    readonly email: string,
    readonly password: string,
    readonly caller: Caller,
  ) {
    super();
  }
}
