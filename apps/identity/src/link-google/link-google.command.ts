import { Command } from '@nestjs/cqrs';
import type { Caller } from '../caller.js';
import type { SignedIn } from '../views/signed-in-view.js';

export interface LinkWish {
  linkToken: string;
  password: string;
  mfaCode: string | undefined;
}

export class LinkGoogle extends Command<SignedIn> {
  constructor(
    readonly wish: LinkWish,
    readonly caller: Caller,
  ) {
    super();
  }
}
