import { Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { auditedCaller } from '#audit';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { Account } from '#contracts';
import { Api, Envelope } from '#service-defaults';
import { OfPath, OnAccountOfPath, type AccountOfPath } from '../access/account-access.guard.js';
import { AccountFigures } from '../figures/account-figures.js';
import { RestoreAccount } from './restore-account.command.js';

@Controller('accounts')
export class RestoreAccountController {
  constructor(
    private readonly commands: CommandBus,
    private readonly figures: AccountFigures,
  ) {}

  @Post(':account_id/restore')
  @Authenticated()
  @OnAccountOfPath('manage', 'account_ownership')
  @Envelope('Account restored')
  @Api({
    summary: 'Take the deletion of an account back',
    answer: Account,
    errors: ['accounts.not_found', 'account.permission_denied', 'accounts.not_closing'],
  })
  async restore(@Ctx() ctx: RequestContext, @OfPath() { scope }: AccountOfPath) {
    const command = new RestoreAccount(scope, ctx.actor.userId, auditedCaller(ctx));
    return this.figures.current(await this.commands.execute(command));
  }
}
