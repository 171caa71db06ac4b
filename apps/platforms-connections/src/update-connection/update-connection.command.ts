import { Command } from '@nestjs/cqrs';
import { z } from 'zod';
import type { AccountScope } from '#contracts';
import { ConnectionName } from '../create-connection/create-connection.command.js';
import { CredentialInput } from '../domain/credential-form.js';
import type { Connection } from '../persistence/connection.collection.js';

export const UpdateConnectionBody = z
  .object({ name: ConnectionName.optional(), credentials: CredentialInput.optional() })
  .meta({ id: 'UpdateConnection' });
export type UpdateConnectionBody = z.infer<typeof UpdateConnectionBody>;

export class UpdateConnection extends Command<Connection> {
  constructor(
    readonly scope: AccountScope,
    /** Id or slug. */
    readonly platform: string,
    readonly connectionId: string,
    readonly body: UpdateConnectionBody,
    /** From `If-Match`: the version that the client saw. */
    readonly version?: number | undefined,
  ) {
    super();
  }
}
