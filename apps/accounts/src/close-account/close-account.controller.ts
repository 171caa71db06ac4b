import { Body, Controller, Delete } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { auditedCaller } from '#audit';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { OfPath, OnAccountOfPath, type AccountOfPath } from '../access/account-access.guard.js';
import { TypedPassword } from '../domain/typed-password.js';
import { CloseAccount } from './close-account.command.js';

const CloseAccountBody = z
  .strictObject({
    password: TypedPassword,
    confirm: z.string({ error: 'confirm is required: type the name of the account' }).max(200),
  })
  .meta({ id: 'CloseAccount' });

@Controller('accounts')
export class CloseAccountController {
  constructor(private readonly commands: CommandBus) {}

  @Delete(':account_id')
  @Authenticated()
  @OnAccountOfPath('manage', 'account_ownership')
  @Envelope('Account will be erased')
  @Api({
    summary: 'Delete an account: it can be restored for 30 days, then everything of it is erased',
    answer: z.object({ account_id: z.string(), status: z.literal('closing'), erase_at: z.iso.datetime() }),
    status: 202,
    errors: [
      'accounts.not_found',
      'account.permission_denied',
      'accounts.name_mismatch',
      'accounts.has_sub_accounts',
      'accounts.transition_not_allowed',
      'auth.invalid_credentials',
      'auth.no_password',
    ],
    invalidStatus: 422,
  })
  async close(
    @Ctx() ctx: RequestContext,
    @OfPath() { scope }: AccountOfPath,
    @Body({ schema: CloseAccountBody }) proof: z.infer<typeof CloseAccountBody>,
  ) {
    const command = new CloseAccount(scope, ctx.actor.userId, proof, auditedCaller(ctx));
    const { eraseAt } = await this.commands.execute(command);
    return { account_id: scope.accountId, status: 'closing' as const, erase_at: eraseAt.toISOString() };
  }
}
