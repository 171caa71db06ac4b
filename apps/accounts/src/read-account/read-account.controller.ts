import { Controller, Get } from '@nestjs/common';
import { Authenticated } from '#auth';
import { Account } from '#contracts';
import { etagOf } from '#persistence';
import { answerWith, Api, Envelope } from '#service-defaults';
import { OfPath, OnAccountOfPath, type AccountOfPath } from '../access/account-access.guard.js';
import { AccountFigures } from '../figures/account-figures.js';
import { Accounts } from '../persistence/accounts.repository.js';

@Controller('accounts')
export class ReadAccountController {
  constructor(
    private readonly accounts: Accounts,
    private readonly figures: AccountFigures,
  ) {}

  @Get(':account_id')
  @Authenticated()
  @OnAccountOfPath('view')
  @Envelope('Account retrieved')
  @Api({
    summary: 'An account with its limits and what is used of them',
    answer: Account,
    versioned: true,
    errors: ['accounts.not_found'],
  })
  async read(@OfPath() { scope }: AccountOfPath) {
    const account = await this.accounts.own(scope);
    return answerWith(await this.figures.current(account), { headers: { etag: etagOf(account.version) } });
  }
}
