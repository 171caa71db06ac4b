import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { AccountRecord } from '../persistence/account.collection.js';
import { Accounts } from '../persistence/accounts.repository.js';
import { ChangeAccount } from './change-account.command.js';

@CommandHandler(ChangeAccount)
export class ChangeAccountHandler implements ICommandHandler<ChangeAccount> {
  constructor(private readonly accounts: Accounts) {}

  execute({ scope, change: { name, company }, version }: ChangeAccount): Promise<AccountRecord> {
    const fields = { ...(name !== undefined && { name }), ...(company !== undefined && { company }) };
    return this.accounts.update(scope, scope.accountId, fields, { version });
  }
}
