import { Body, Controller, Headers, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Authenticated } from '#auth';
import { Account } from '#contracts';
import { etagOf, versionFromIfMatch } from '#persistence';
import { answerWith, Api, Envelope } from '#service-defaults';
import { OfPath, OnAccountOfPath, type AccountOfPath } from '../access/account-access.guard.js';
import { AccountFigures } from '../figures/account-figures.js';
import { ChangeAccount } from './change-account.command.js';

const LONGEST = 200;

const ChangeAccountBody = z
  .object({
    name: z.string().trim().min(1, 'Account name cannot be empty').max(LONGEST, 'Account name is too long').optional(),
    company: z.string().trim().min(1, 'Company cannot be empty').max(LONGEST, 'Company is too long').optional(),
  })
  .refine(({ name, company }) => name !== undefined || company !== undefined, 'Name or company is required')
  .meta({ id: 'ChangeAccount' });

@Controller('accounts')
export class ChangeAccountController {
  constructor(
    private readonly commands: CommandBus,
    private readonly figures: AccountFigures,
  ) {}

  @Put(':account_id')
  @Authenticated()
  @OnAccountOfPath('manage')
  @Envelope('Account updated successfully')
  @Api({
    summary: 'Change name or company of an account',
    answer: Account,
    versioned: true,
    errors: ['accounts.not_found', 'account.permission_denied'],
  })
  async change(
    @OfPath() { scope }: AccountOfPath,
    @Body({ schema: ChangeAccountBody }) body: z.infer<typeof ChangeAccountBody>,
    @Headers('if-match') ifMatch?: string,
  ) {
    const changed = await this.commands.execute(new ChangeAccount(scope, body, versionFromIfMatch(ifMatch)));
    return answerWith(await this.figures.current(changed), { headers: { etag: etagOf(changed.version) } });
  }
}
