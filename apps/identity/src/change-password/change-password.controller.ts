import { Body, Controller, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { Api, Envelope, NoData } from '#service-defaults';
import { From, type Caller } from '../caller.js';
import { newPassword, typedPassword } from '../domain/fields.js';
import { sessionActor } from '../session-actor.js';
import { ChangePassword } from './change-password.command.js';

const PasswordBody = z
  .object({ current_password: typedPassword('Current password'), new_password: newPassword('New password') })
  .refine((body) => body.current_password !== body.new_password, {
    path: ['new_password'],
    message: 'New password must be different from the current password',
  })
  .meta({ id: 'ChangePassword' });

@Controller('auth')
export class ChangePasswordController {
  constructor(private readonly commands: CommandBus) {}

  @Put('password')
  @Authenticated()
  @Envelope('Password changed successfully')
  @Api({
    summary: 'Change the password; all other sessions end',
    answer: NoData,
    errors: ['auth.invalid_credentials', 'auth.no_password', 'generic.rate_limited'],
  })
  async change(
    @Ctx() ctx: RequestContext,
    @Body({ schema: PasswordBody }) body: z.infer<typeof PasswordBody>,
    @From() caller: Caller,
  ) {
    const { userId, sessionId } = sessionActor(ctx);
    await this.commands.execute(
      new ChangePassword(userId, sessionId, { current: body.current_password, next: body.new_password }, caller),
    );
  }
}
