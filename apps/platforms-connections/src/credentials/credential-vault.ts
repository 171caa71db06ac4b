import { Injectable } from '@nestjs/common';
import { ConnectorSecrets, type AccountScope } from '#contracts';
import { Sealer } from '#sealing';
import { z } from 'zod';
import type { ConnectionAuth } from '../persistence/connection-auth.collection.js';

const Verifier = z.object({ code_verifier: z.string() });
const RefreshToken = z.object({ refresh_token: z.string() });

/**
 * Seals what this service keeps secret and opens it again. The account id is the associated data: a sealed text that
 * was copied to another account's record does not open.
 */
@Injectable()
export class CredentialVault {
  constructor(private readonly sealer: Sealer) {}

  sealSecrets(scope: AccountScope, secrets: ConnectorSecrets): Promise<string> {
    return this.#seal(scope, ConnectorSecrets, secrets);
  }

  openSecrets(scope: AccountScope, auth: ConnectionAuth): Promise<ConnectorSecrets> {
    return this.#open(scope, ConnectorSecrets, auth.sealed);
  }

  sealRefreshToken(scope: AccountScope, token: string): Promise<string> {
    return this.#seal(scope, RefreshToken, { refresh_token: token });
  }

  async openRefreshToken(scope: AccountScope, sealed: string): Promise<string> {
    return (await this.#open(scope, RefreshToken, sealed)).refresh_token;
  }

  sealVerifier(scope: AccountScope, verifier: string): Promise<string> {
    return this.#seal(scope, Verifier, { code_verifier: verifier });
  }

  async openVerifier(scope: AccountScope, sealed: string): Promise<string> {
    return (await this.#open(scope, Verifier, sealed)).code_verifier;
  }

  #seal<Schema extends z.ZodType>(scope: AccountScope, schema: Schema, value: z.input<Schema>): Promise<string> {
    return this.sealer.seal(JSON.stringify(schema.parse(value)), scope.accountId);
  }

  async #open<Schema extends z.ZodType>(scope: AccountScope, schema: Schema, sealed: string) {
    return schema.parse(JSON.parse(await this.sealer.open(sealed, scope.accountId)));
  }
}
