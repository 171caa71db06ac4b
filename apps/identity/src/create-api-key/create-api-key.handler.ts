import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '#audit';
import { events, newId, Problem, questions, type AnswerOf } from '#contracts';
import { Questions } from '#messaging';
import { Outbox, ResourceGuards, UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import { newApiKey } from '../domain/raw-api-key.js';
import { ApiKeys } from '../persistence/api-keys.repository.js';
import { auditedKey } from '../views/audited-key.js';
import { apiKeyFact } from '../views/api-key-fact.js';
import { CreateApiKey, type CreatedApiKey } from './create-api-key.command.js';

const RESOURCE = 'api_keys';

type Plan = AnswerOf<typeof questions.limits>;

@CommandHandler(CreateApiKey)
export class CreateApiKeyHandler implements ICommandHandler<CreateApiKey> {
  constructor(
    private readonly apiKeys: ApiKeys,
    private readonly guards: ResourceGuards,
    private readonly questions: Questions,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Counting and inserting happen under the guard of the account's keys, so parallel calls cannot exceed the plan. */
  async execute({ scope, userId, caller, wish }: CreateApiKey): Promise<CreatedApiKey> {
    const plan = await this.questions.ask(questions.limits, { account_id: scope.accountId });
    const { raw, hash, prefix } = newApiKey(wish.test ? 'test' : 'live');
    const key = await this.unitOfWork.run(
      async (session) => {
        await this.guards.hold(session, scope, RESOURCE);
        refuseBeyond(plan, await this.apiKeys.countUsable(scope, this.clock.now()));
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
      { turn: `${scope.accountId}/${RESOURCE}` },
    );
    return { key, raw };
  }
}

function refuseBeyond({ plan, label, limits, upgrade_url }: Plan, used: number): void {
  const limit = limits.max_api_keys;
  if (limit === null || used < limit) return;
  const text = `Your ${label} plan allows ${limit} API keys. Upgrade to add more.`;
  throw new Problem(403, 'billing.limit_reached', text, { data: { limit, used, plan, upgrade_url } });
}
