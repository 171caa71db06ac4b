import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SigningKeyRing } from '../signing-keys/signing-key-ring.js';
import { RotateSigningKeys, type RotatedKeys } from './rotate-signing-keys.command.js';

@CommandHandler(RotateSigningKeys)
export class RotateSigningKeysHandler implements ICommandHandler<RotateSigningKeys> {
  constructor(private readonly ring: SigningKeyRing) {}

  async execute(): Promise<RotatedKeys> {
    await this.ring.rotate();
    const [{ kid }, published] = [await this.ring.signing(), await this.ring.published()];
    return { signingKid: kid, publishedKids: published.map((key) => key.kid) };
  }
}
