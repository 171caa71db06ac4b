import { Injectable } from '@nestjs/common';
import { errors, type Account } from 'oidc-provider';
import { isProblem, type Role } from '#contracts';
import { logger } from '#telemetry';
import { Clock } from '../clock.js';
import { subjectOf } from '../domain/subject.js';
import { AppGrants } from '../persistence/app-grants.repository.js';
import { Users } from '../persistence/users.repository.js';
import { Memberships } from '../sessions/memberships.js';
import { EndedGrants } from './ended-grants.js';

/** A user as the authorization server knows one, with what an access token of a grant says about them. */
export interface AppAccount extends Account {
  access?: AppAccess;
}

export interface AppAccess {
  subject: string;
  claims: { user_id: string; acc: string; ver: number; role: Role; amr: string[]; grant: string };
}

/** Says who may have tokens now, and with which rights. */
@Injectable()
export class AppAccounts {
  constructor(
    private readonly users: Users,
    private readonly grants: AppGrants,
    private readonly ended: EndedGrants,
    private readonly memberships: Memberships,
    private readonly clock: Clock,
  ) {}

  /** @returns undefined where nobody is, or where the grant gives nothing (any more) */
  async find(userId: string, grantId: string | undefined): Promise<AppAccount | undefined> {
    const user = await this.users.find(userId);
    if (user === null) return undefined;
    const account: AppAccount = { accountId: userId, claims: () => ({ sub: userId }) };
    if (grantId === undefined) return account;
    const grant = await this.grants.find(grantId);
    if (grant === null || grant.revoked_at !== undefined || grant.user_id !== userId) return undefined;
    const role = await this.roleOf(userId, grant.account_id, grantId);
    if (role === undefined) return undefined;
    await this.grants.used(grantId, this.clock.now());
    const rights = { acc: grant.account_id, ver: user.auth_version, role };
    const claims = { user_id: userId, ...rights, amr: ['oauth'], grant: grantId };
    return { ...account, access: { subject: subjectOf(userId), claims } };
  }

  private async roleOf(userId: string, accountId: string, grantId: string): Promise<Role | undefined> {
    try {
      return (await this.memberships.forKey(userId, accountId)).role;
    } catch (error) {
      if (isProblem(error) && error.code === 'account.no_membership') {
        await this.ended.end(grantId, 'membership_lost');
        return undefined;
      }
      if (isProblem(error) && error.status === 403) return undefined;
      logger.warn({ err: error, grant_id: grantId }, 'the rights of a linked app cannot be looked up');
      throw new errors.TemporarilyUnavailable('try again later');
    }
  }
}
