import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ClientSession } from 'mongoose';
import { AuditLog } from '#audit';
import { events, newId } from '#contracts';
import { Outbox, UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import type { CreatedApiKey } from '../create-api-key/create-api-key.command.js';
import { newApiKey } from '../domain/raw-api-key.js';
import { apiKeyStates, type ApiKey } from '../persistence/api-key.collection.js';
import { ApiKeys } from '../persistence/api-keys.repository.js';
import { apiKeyFact } from '../views/api-key-fact.js';
import { auditedKey } from '../views/audited-key.js';
import { RotateApiKey } from './rotate-api-key.command.js';

type By = Pick<RotateApiKey, 'scope' | 'caller'> & { session: ClientSession };

/**
 * The successor takes the place that its predecessor had in the plan. A key has one successor, and of a chain of
 * rotations only the last two work: otherwise rotating would be a way around the limit.
 */
@CommandHandler(RotateApiKey)
export class RotateApiKeyHandler implements ICommandHandler<RotateApiKey> {
  constructor(
    private readonly apiKeys: ApiKeys,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 404 `api_keys.not_found`, 409 `api_keys.transition_not_allowed` unless it works and has no successor */
  async execute({ scope, userId, caller, keyId, overlapMs }: RotateApiKey): Promise<CreatedApiKey> {
    return this.unitOfWork.run(async (session) => {
      const now = this.clock.now();
      const old = await this.apiKeys.get(scope, keyId);
      refuseUnlessWorking(old, now);
      const { raw, hash, prefix } = newApiKey(old.test === true ? 'test' : 'live');
      const key = await this.apiKeys.insert(scope, {
        _id: newId('apikey'),
        created_by: userId,
        name: old.name,
        key_hash: hash,
        key_prefix: prefix,
        permissions: old.permissions,
        status: 'active',
        ...(old.expires_at !== undefined && { expires_at: old.expires_at }),
        ...(old.test === true && { test: true as const }),
        ...(old.allowed_ips !== undefined && { allowed_ips: old.allowed_ips }),
        ...(old.helper_ids !== undefined && { helper_ids: old.helper_ids }),
      });
      await this.outbox.add(session, events.apiKeyCreated, apiKeyFact(key));
      const by = { scope, caller, session };
      await this.phaseOut(by, old, key._id, new Date(now.getTime() + overlapMs));
      const before = await this.apiKeys.predecessorOf(scope, old._id, now);
      if (before !== null) await this.revoke(by, before, now);
      return { key, raw };
    });
  }

  /** The old key works until then, or until its own end if that comes first. */
  private async phaseOut(by: By, old: ApiKey, successorId: string, until: Date): Promise<void> {
    const { scope, caller, session } = by;
    const ends = old.expires_at !== undefined && old.expires_at < until ? old.expires_at : until;
    const replaced = await this.apiKeys.update(
      scope,
      old._id,
      { replaced_by: successorId, expires_at: ends },
      { version: old.version },
    );
    const { subject, accountId, data } = apiKeyFact(replaced);
    await this.outbox.add(session, events.apiKeyRotated, {
      subject,
      accountId,
      data: { ...data, replaced_by: successorId, expires_at: ends.toISOString() },
    });
    await this.audit.record(session, { ...caller, ...auditedKey('rotated', replaced) });
    const now = this.clock.now();
    if (ends <= now) await this.revoke(by, replaced, now);
  }

  /** Expiry alone would let tokens that the key was exchanged for live on. */
  private async revoke({ scope, caller, session }: By, key: ApiKey, now: Date): Promise<void> {
    const revoked = await this.apiKeys.revoke(scope, key._id, now);
    await this.outbox.add(session, events.apiKeyRevoked, apiKeyFact(revoked));
    await this.audit.record(session, { ...caller, ...auditedKey('revoked', revoked) });
  }
}

function refuseUnlessWorking({ status, expires_at, replaced_by }: ApiKey, now: Date): void {
  const expired = expires_at !== undefined && expires_at <= now;
  const from = status === 'active' && expired ? 'expired' : replaced_by === undefined ? status : 'rotated';
  if (from === 'active') return;
  throw apiKeyStates.refusal(from, 'rotated', `A key that is ${from} cannot be rotated`);
}
