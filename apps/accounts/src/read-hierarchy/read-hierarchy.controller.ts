import { Controller, Get } from '@nestjs/common';
import { Authenticated } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { OfPath, OnAccountOfPath, type AccountOfPath } from '../access/account-access.guard.js';
import { Accounts } from '../persistence/accounts.repository.js';
import { AccountTree, treeOf } from './account-tree.js';

@Controller('accounts')
export class ReadHierarchyController {
  constructor(private readonly accounts: Accounts) {}

  @Get(':account_id/hierarchy')
  @Authenticated()
  @OnAccountOfPath('view')
  @Envelope('Hierarchy retrieved')
  @Api({
    summary: 'An account and the accounts below it',
    answer: AccountTree,
    errors: ['accounts.not_found', 'account.permission_denied'],
  })
  async read(@OfPath() { scope }: AccountOfPath) {
    const [root, below] = await Promise.all([this.accounts.own(scope), this.accounts.below([scope.accountId])]);
    return treeOf(root, below);
  }
}
