import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { Account, Problem } from '#contracts';
import { answerWith, Api } from '#service-defaults';
import { SwitchAccount } from './switch-account.command.js';

const SwitchBody = z.object({ account_id: z.string().min(1, 'account_id is required') }).meta({ id: 'SwitchAccount' });

const SwitchedView = z.object({
  user_id: z.string(),
  current_account_id: z.string(),
  account: Account,
  token: z.string(),
  token_type: z.literal('Bearer'),
  refresh_token: z.string(),
  /** Seconds until the token expires. */
  expires_in: z.number().int(),
});

@Controller('accounts')
export class SwitchAccountController {
  constructor(private readonly commands: CommandBus) {}

  @Post('switch')
  @Authenticated()
  @Api({
    summary: 'Go on in another account: new tokens for this session',
    answer: SwitchedView,
    errors: ['account.no_membership', 'account.suspended'],
  })
  async switch(@Ctx() ctx: RequestContext, @Body({ schema: SwitchBody }) body: z.infer<typeof SwitchBody>) {
    const { actor, ip, userAgent, accountId } = ctx;
    if (actor.kind !== 'user') throw new Problem(403, 'account.permission_denied', 'Permission denied');
    const { account, tokens } = await this.commands.execute(
      new SwitchAccount(
        { userId: actor.userId, sessionId: actor.sessionId, ip, userAgent },
        accountId,
        body.account_id,
      ),
    );
    const { cookie, ...rest } = tokens;
    const data = {
      user_id: actor.userId,
      current_account_id: account.account_id,
      account,
      token_type: 'Bearer' as const,
      ...rest,
    };
    return answerWith(data, { message: 'Account switched successfully', headers: { 'set-cookie': cookie } });
  }
}
