import { Injectable } from '@nestjs/common';
import { scopeOf, type AccountScope, type PlanId, type PlanLimits } from '#contracts';
import { Database, TenantRepository, type Change, type OwnFields } from '#persistence';
import { accountStates, type AccountStatus } from './account-life.js';
import { accountCollection, type AccountRecord } from './account.collection.js';

export interface PlanState {
  plan: PlanId;
  limits: PlanLimits;
}

@Injectable()
export class Accounts extends TenantRepository<AccountRecord> {
  constructor(database: Database) {
    super(database, accountCollection);
  }

  /** @throws 404 `accounts.not_found` */
  own(scope: AccountScope): Promise<AccountRecord> {
    return this.get(scope, scope.accountId);
  }

  /** Several accounts, for a user who is a member of each. */
  ofMember(accountIds: readonly string[]): Promise<AccountRecord[]> {
    return this.system('a user may belong to several accounts').find({ _id: { $in: [...accountIds] } });
  }

  /** Every account below one of these, at any depth; the nearest to the root first. */
  below(accountIds: readonly string[]): Promise<AccountRecord[]> {
    return this.system('a role holds in all accounts below').find(
      { ancestors: { $in: [...accountIds], $exists: true } },
      { sort: { created_at: 1, _id: 1 } },
    );
  }

  countBelow(accountId: string): Promise<number> {
    return this.system('the plan of a root counts everything below it').count({
      ancestors: { $in: [accountId], $exists: true },
    });
  }

  /** All accounts that nobody has deleted and whose owner has come into being. */
  countLiving(): Promise<number> {
    return this.system('operators count all accounts').count({ status: { $nin: ['closing', 'erasing'] } });
  }

  /** Accounts below this one that nobody has deleted. */
  livingBelow(accountId: string): Promise<number> {
    return this.system('a deleted account takes none with it').count({
      ancestors: { $in: [accountId], $exists: true },
      status: { $nin: ['closing', 'erasing'] },
    });
  }

  /** @throws Problem 409 `accounts.transition_not_allowed`, 404 */
  move(scope: AccountScope, to: AccountStatus, set: Partial<OwnFields<AccountRecord>> = {}): Promise<AccountRecord> {
    return this.transition(scope, scope.accountId, { machine: accountStates, field: 'status', to, set });
  }

  /** @returns the account, null when it is not being deleted, or it is too late */
  async restore(scope: AccountScope, now: Date): Promise<AccountRecord | null> {
    const { matched } = await this.updateWhere(scope, { status: 'closing', erase_at: { $gt: now } }, {
      $set: { status: 'active' },
      $unset: { closed_by: 1, erase_at: 1 },
    } as Change<AccountRecord>);
    return matched === 0 ? null : this.own(scope);
  }

  /** Deleted ones whose time to be restored is over. */
  dueForErasure(now: Date, limit: number): Promise<AccountRecord[]> {
    return this.system('erasing deleted accounts').find(
      { status: 'closing', erase_at: { $lte: now } },
      { sort: { erase_at: 1 }, limit },
    );
  }

  /** Only one caller can. @returns whether this one did */
  async beginErasure(scope: AccountScope, now: Date): Promise<boolean> {
    const change = { $set: { status: 'erasing' } } as Change<AccountRecord>;
    return (await this.updateWhere(scope, { status: 'closing', erase_at: { $lte: now } }, change)).matched > 0;
  }

  /** The owner exists. @returns the account when this call was the one that noted it */
  claim(accountId: string): Promise<AccountRecord | null> {
    return this.system('registration').findOneAndUpdate({ _id: accountId, awaiting_owner: true }, {
      $unset: { awaiting_owner: 1 },
      $inc: { version: 1 },
    } as Change<AccountRecord>);
  }

  /** Accounts made before `before` whose owner is still missing. */
  unclaimed(before: Date, limit: number): Promise<AccountRecord[]> {
    return this.system('sweeping what registration left behind').find(
      { awaiting_owner: true, created_at: { $lt: before } },
      { limit, sort: { created_at: 1 } },
    );
  }

  /** Removes an account whose owner is still missing. @returns whether it was removed */
  async removeUnclaimed(accountId: string): Promise<boolean> {
    return (await this.deleteWhere(scopeOf(accountId), { _id: accountId, awaiting_owner: true })) > 0;
  }

  /** Applies a change of the subscription unless a later one was applied before. */
  async applyPlan({ accountId }: AccountScope, revision: number, { plan, limits }: PlanState): Promise<void> {
    await this.#projection.updateOne(
      { _id: accountId, plan_revision: { $lt: revision } },
      { $set: { plan, limits, plan_revision: revision } },
    );
  }

  /** Repairs plan and limits by what billing answers, unless a change arrived since `account` was read. */
  async repairPlan(account: AccountRecord, { plan, limits }: PlanState): Promise<void> {
    await this.#projection.updateOne(
      { _id: account._id, plan_revision: account.plan_revision },
      { $set: { plan, limits } },
    );
  }

  /** What billing says is no edit: the version that clients compare stays. */
  get #projection() {
    return this.system('billing decides the plan of each account');
  }
}
