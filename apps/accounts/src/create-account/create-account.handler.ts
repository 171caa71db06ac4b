import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Problem, scopeOf, type Account } from '#contracts';
import { isDuplicateKey, UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import { NEW_ACCOUNT_LIMITS } from '../domain/new-account-limits.js';
import { AccountFigures } from '../figures/account-figures.js';
import type { AccountRecord } from '../persistence/account.collection.js';
import { Accounts } from '../persistence/accounts.repository.js';
import { Memberships } from '../persistence/memberships.repository.js';
import { CreateAccount } from './create-account.command.js';

@CommandHandler(CreateAccount)
export class CreateAccountHandler implements ICommandHandler<CreateAccount> {
  constructor(
    private readonly accounts: Accounts,
    private readonly memberships: Memberships,
    private readonly figures: AccountFigures,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute({ wish }: CreateAccount): Promise<Account> {
    const account = (await this.existing(wish)) ?? (await this.create(wish));
    return this.figures.lastKnown(account);
  }

  /** @throws Problem 409 when the id belongs to somebody else's account */
  private async existing({ account_id, user_id }: CreateAccount['wish']): Promise<AccountRecord | null> {
    const account = await this.accounts.find(scopeOf(account_id), account_id);
    if (account !== null && account.owner_user_id !== user_id) {
      throw new Problem(409, 'resource.conflict', 'The account id is taken');
    }
    return account;
  }

  private async create(wish: CreateAccount['wish']): Promise<AccountRecord> {
    const { account_id, user_id, name, company } = wish;
    const scope = scopeOf(account_id);
    try {
      return await this.unitOfWork.run(async () => {
        const account = await this.accounts.insert(scope, {
          _id: account_id,
          owner_user_id: user_id,
          created_by_user_id: user_id,
          name,
          company,
          status: 'active',
          plan: 'free',
          limits: NEW_ACCOUNT_LIMITS,
          plan_revision: 0,
          awaiting_owner: true,
        });
        await this.memberships.add(scope, user_id, 'owner', this.clock.now());
        return account;
      });
    } catch (error) {
      const other = isDuplicateKey(error) ? await this.existing(wish) : null;
      if (other === null) throw error;
      return other;
    }
  }
}
