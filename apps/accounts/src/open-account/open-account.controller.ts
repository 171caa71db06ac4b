import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { Account } from '#contracts';
import { Api, Envelope } from '#service-defaults';
import { OfPath, OnAccountOfPath, type AccountOfPath } from '../access/account-access.guard.js';
import { AccountFigures } from '../figures/account-figures.js';
import { OpenAccount } from './open-account.command.js';

const LONGEST = 200;

const OpenAccountBody = z
  .strictObject({
    name: z.string({ error: 'name is required' }).trim().min(1, 'name is required').max(LONGEST, 'name is too long'),
    company: z.string().trim().max(LONGEST, 'company is too long').optional(),
  })
  .meta({ id: 'OpenAccount' });
type OpenAccountBody = z.infer<typeof OpenAccountBody>;

@Controller('accounts')
export class OpenAccountController {
  constructor(
    private readonly commands: CommandBus,
    private readonly figures: AccountFigures,
  ) {}

  @Post()
  @Authenticated()
  @Envelope('Account created')
  @Api({ summary: 'Open a further account, owned by the caller', answer: Account, status: 201, invalidStatus: 422 })
  async open(@Ctx() ctx: RequestContext, @Body({ schema: OpenAccountBody }) body: OpenAccountBody) {
    const command = new OpenAccount(ctx.actor.userId, body);
    return this.figures.lastKnown(await this.commands.execute(command));
  }

  @Post(':account_id/sub-accounts')
  @Authenticated()
  @OnAccountOfPath('manage', 'sub_accounts')
  @Envelope('Sub-account created')
  @Api({
    summary: 'Open an account below this one; roles held here hold there, too',
    answer: Account,
    status: 201,
    errors: ['accounts.not_found', 'account.permission_denied', 'accounts.too_deep', 'billing.limit_reached'],
    invalidStatus: 422,
  })
  async openBelow(
    @Ctx() ctx: RequestContext,
    @OfPath() { scope }: AccountOfPath,
    @Body({ schema: OpenAccountBody }) body: OpenAccountBody,
  ) {
    const command = new OpenAccount(ctx.actor.userId, body, scope);
    return this.figures.lastKnown(await this.commands.execute(command));
  }
}
