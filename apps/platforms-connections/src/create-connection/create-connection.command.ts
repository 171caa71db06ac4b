import { Command } from '@nestjs/cqrs';
import { z } from 'zod';
import type { AccountScope } from '#contracts';
import { CredentialInput } from '../domain/credential-form.js';
import type { Connection } from '../persistence/connection.collection.js';

export const ConnectionName = z.string().trim().min(1, 'name is required').max(200);

export const CreateConnectionBody = z
  .object({
    name: ConnectionName,
    credentials: CredentialInput.default({}),
    auth_type: z.enum(['oauth2', 'api_key', 'bearer']).optional(),
  })
  .meta({ id: 'CreateConnection' });
export type CreateConnectionBody = z.infer<typeof CreateConnectionBody>;

export class CreateConnection extends Command<Connection> {
  constructor(
    readonly scope: AccountScope,
    readonly userId: string,
    /** Id or slug. */
    readonly platform: string,
    readonly body: CreateConnectionBody,
  ) {
    super();
  }
}
