import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { auditedCaller } from '#audit';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { Account } from '#contracts';
import { Api, Envelope } from '#service-defaults';
import { OfPath, OnAccountOfPath, type AccountOfPath } from '../access/account-access.guard.js';
import { TypedPassword } from '../domain/typed-password.js';
import { AccountFigures } from '../figures/account-figures.js';
import { TransferOwnership } from './transfer-ownership.command.js';

const TransferBody = z
  .strictObject({
    user_id: z.string({ error: 'user_id is required' }).min(1, 'user_id is required'),
    password: TypedPassword,
  })
  .meta({ id: 'TransferOwnership' });

@Controller('accounts')
export class TransferOwnershipController {
  constructor(
    private readonly commands: CommandBus,
    private readonly figures: AccountFigures,
  ) {}

  @Post(':account_id/transfer')
  @Authenticated()
  @OnAccountOfPath('manage', 'account_ownership')
  @Envelope('Ownership transferred')
  @Api({
    summary: 'Make another member the owner; the former one stays as admin',
    answer: Account,
    errors: [
      'accounts.not_found',
      'memberships.not_found',
      'account.permission_denied',
      'account.already_owner',
      'account.email_not_verified',
      'auth.invalid_credentials',
      'auth.no_password',
      'resource.conflict',
    ],
    invalidStatus: 422,
  })
  async transfer(
    @Ctx() ctx: RequestContext,
    @OfPath() { scope }: AccountOfPath,
    @Body({ schema: TransferBody }) { user_id, password }: z.infer<typeof TransferBody>,
  ) {
    const to = { userId: user_id, password };
    const command = new TransferOwnership(scope, ctx.actor.userId, to, auditedCaller(ctx));
    return this.figures.current(await this.commands.execute(command));
  }
}
