import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '#audit';
import { events } from '#contracts';
import { Outbox, UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import { ApiKeys } from '../persistence/api-keys.repository.js';
import { auditedKey } from '../views/audited-key.js';
import { apiKeyFact } from '../views/api-key-fact.js';
import { RevokeApiKey } from './revoke-api-key.command.js';

@CommandHandler(RevokeApiKey)
export class RevokeApiKeyHandler implements ICommandHandler<RevokeApiKey> {
  constructor(
    private readonly apiKeys: ApiKeys,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Revoking a key once more changes nothing. @throws Problem 404 `api_keys.not_found` */
  async execute({ scope, keyId, caller }: RevokeApiKey): Promise<void> {
    await this.unitOfWork.run(async (session) => {
      const key = await this.apiKeys.get(scope, keyId);
      if (key.status === 'revoked') return;
      const revoked = await this.apiKeys.revoke(scope, keyId, this.clock.now());
      await this.outbox.add(session, events.apiKeyRevoked, apiKeyFact(revoked));
      await this.audit.record(session, { ...caller, ...auditedKey('revoked', revoked) });
    });
  }
}
