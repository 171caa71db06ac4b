import { Command } from '@nestjs/cqrs';
import type { Caller } from '../caller.js';
import type { OwnerForm } from '../sign-up/new-owner.js';
import type { SignedIn } from '../views/signed-in-view.js';

export class RegisterUser extends Command<SignedIn> {
  constructor(
    readonly form: OwnerForm,
    readonly caller: Caller,
  ) {
    super();
  }
}
