import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '#audit';
import { events, newId } from '#contracts';
import { Outbox, PlanRoom, turnOf, UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import { newApiKey } from '../domain/raw-api-key.js';
import { ApiKeys } from '../persistence/api-keys.repository.js';
import { auditedKey } from '../views/audited-key.js';
import { apiKeyFact } from '../views/api-key-fact.js';
import { CreateApiKey, type CreatedApiKey } from './create-api-key.command.js';

@CommandHandler(CreateApiKey)
export class CreateApiKeyHandler implements ICommandHandler<CreateApiKey> {
  constructor(
    private readonly apiKeys: ApiKeys,
    private readonly room: PlanRoom,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Counting and inserting happen under the guard of the account's keys, so parallel calls cannot exceed the plan. */
  async execute({ scope, userId, caller, wish }: CreateApiKey): Promise<CreatedApiKey> {
    const plan = await this.room.planOf(scope);
    const { raw, hash, prefix } = newApiKey(wish.test ? 'test' : 'live');
    const key = await this.unitOfWork.run(
      async (session) => {
        const used = () => this.apiKeys.countUsable(scope, this.clock.now());
        await this.room.take(session, scope, { resource: 'api_keys', plan, used });
        const created = await this.apiKeys.insert(scope, {
          _id: newId('apikey'),
          created_by: userId,
          name: wish.name,
          key_hash: hash,
          key_prefix: prefix,
          permissions: wish.permissions,
          status: 'active',
          ...(wish.expiresAt !== undefined && { expires_at: wish.expiresAt }),
          ...(wish.test && { test: true as const }),
          ...(wish.allowedIps !== undefined && { allowed_ips: wish.allowedIps }),
          ...(wish.helperIds !== undefined && { helper_ids: wish.helperIds }),
        });
        await this.outbox.add(session, events.apiKeyCreated, apiKeyFact(created));
        await this.audit.record(session, { ...caller, ...auditedKey('created', created) });
        return created;
      },
      { turn: turnOf(scope, 'api_keys') },
    );
    return { key, raw };
  }
}
