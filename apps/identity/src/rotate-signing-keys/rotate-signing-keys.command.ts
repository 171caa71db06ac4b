import { Command } from '@nestjs/cqrs';

export interface RotatedKeys {
  signingKid: string;
  publishedKids: string[];
}

/** The announced key begins to sign and another one is announced. */
export class RotateSigningKeys extends Command<RotatedKeys> {}
