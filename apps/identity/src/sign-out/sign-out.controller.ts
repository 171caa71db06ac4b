import { Body, Controller, Inject, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { answerWith, Api, Envelope } from '#service-defaults';
import { noSessionCookie } from '../domain/session-cookie.js';
import { sessionActor } from '../session-actor.js';
import { IDENTITY_SETTINGS, type IdentitySettings } from '../settings.js';
import { SignOut, SignOutEverywhere, SignOutOthers } from './sign-out.commands.js';

const LogoutBody = z.object({ refresh_token: z.string().max(1_024).nullish() }).meta({ id: 'Logout' });
const RevokedView = z.object({ revoked: z.number().int() });

@Controller('auth')
export class SignOutController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings,
  ) {}

  @Post('logout')
  @Authenticated()
  @Api({
    summary: 'End this session',
    description:
      'The session of the refresh token in the body, if it is one of the same user; else that of the bearer token.',
    answer: z.object({ user_id: z.string() }),
  })
  async logout(@Ctx() ctx: RequestContext, @Body({ schema: LogoutBody }) body: z.infer<typeof LogoutBody>) {
    const { userId, sessionId } = sessionActor(ctx);
    await this.commands.execute(new SignOut(userId, sessionId, body.refresh_token ?? undefined));
    return answerWith(
      { user_id: userId },
      { message: 'Logged out successfully', headers: { 'set-cookie': noSessionCookie(this.settings) } },
    );
  }

  @Post('logout-others')
  @Authenticated()
  @Envelope('Other sessions ended')
  @Api({ summary: 'End all other sessions of the user', answer: RevokedView })
  async logoutOthers(@Ctx() ctx: RequestContext) {
    const { userId, sessionId } = sessionActor(ctx);
    return { revoked: await this.commands.execute(new SignOutOthers(userId, sessionId)) };
  }

  @Post('logout-all')
  @Authenticated()
  @Api({ summary: 'End all sessions of the user, this one included', answer: RevokedView })
  async logoutAll(@Ctx() ctx: RequestContext) {
    const revoked = await this.commands.execute(new SignOutEverywhere(sessionActor(ctx).userId));
    return answerWith(
      { revoked },
      { message: 'All sessions ended', headers: { 'set-cookie': noSessionCookie(this.settings) } },
    );
  }
}
