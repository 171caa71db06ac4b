import { Command } from '@nestjs/cqrs';
import type { OwnerForm } from '../sign-up/new-owner.js';

export interface CreatedOwner {
  user_id: string;
  account_id: string;
}

/** For operators: registration without limits and without signing in. */
export class CreateOwner extends Command<CreatedOwner> {
  constructor(readonly form: OwnerForm) {
    super();
  }
}
