import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Sealer } from '#sealing';
import { InstallationSecrets } from '../persistence/installation-secrets.repository.js';

const PURPOSE = 'refresh-token-successors';

/** The key by which successors of refresh tokens are derived: one for the installation, made by its first process. */
@Injectable()
export class DerivationKey {
  private key: Buffer | undefined;

  constructor(
    private readonly secrets: InstallationSecrets,
    private readonly sealer: Sealer,
  ) {}

  async get(): Promise<Uint8Array> {
    this.key ??= await this.sealer.openBytes(await this.stored(), PURPOSE);
    return this.key;
  }

  private async stored(): Promise<string> {
    const found = await this.secrets.find(PURPOSE);
    return found ?? this.secrets.putFirst(PURPOSE, await this.sealer.seal(randomBytes(32), PURPOSE));
  }
}
