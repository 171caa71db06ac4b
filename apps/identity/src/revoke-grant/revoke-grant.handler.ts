import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Problem } from '#contracts';
import { EndedGrants } from '../link-apps/ended-grants.js';
import { AppGrants } from '../persistence/app-grants.repository.js';
import { RevokeGrant } from './revoke-grant.command.js';

@CommandHandler(RevokeGrant)
export class RevokeGrantHandler implements ICommandHandler<RevokeGrant> {
  constructor(
    private readonly grants: AppGrants,
    private readonly ended: EndedGrants,
  ) {}

  /** Ending it once more changes nothing. @throws Problem 404 `grants.not_found`, also for somebody else's */
  async execute({ userId, grantId }: RevokeGrant): Promise<void> {
    const grant = await this.grants.find(grantId);
    if (grant?.user_id !== userId) throw new Problem(404, 'grants.not_found', 'Grant not found');
    await this.ended.end(grantId, 'revoked_by_user');
  }
}
