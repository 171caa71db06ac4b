import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { scopeOf, type AccountScope } from '#contracts';
import { PlanRoom } from '#persistence';
import { refuseTooDeep } from '../domain/sub-accounts.js';
import { Accounts } from '../persistence/accounts.repository.js';

/** Where a sub-account would lie, and whether the plan of its root has room for it. */
interface Room {
  root: AccountScope;
  /** Of the new account, the root first. */
  ancestors: string[];
  /** Call it first in the transaction that opens the account. @throws Problem 403 `billing.limit_reached` */
  take(session: ClientSession): Promise<void>;
}

/** Sub-accounts at any depth count against the plan of the root. */
@Injectable()
export class SubAccountLimit {
  constructor(
    private readonly room: PlanRoom,
    private readonly accounts: Accounts,
  ) {}

  /** @throws Problem 409 when it would lie too deep, or the account above is being deleted */
  async below(parent: AccountScope): Promise<Room> {
    const account = await this.accounts.own(parent);
    refuseTooDeep(account);
    const ancestors = [...(account.ancestors ?? []), account._id];
    const [rootId = account._id] = ancestors;
    const root = scopeOf(rootId);
    const plan = await this.room.planOf(root);
    const used = () => this.accounts.countBelow(rootId);
    return {
      root,
      ancestors,
      take: (session) => this.room.take(session, root, { resource: 'sub_accounts', plan, used }),
    };
  }
}
