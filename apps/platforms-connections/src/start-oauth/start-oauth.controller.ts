import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Ctx, RequiresPermission, type RequestContext } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { StartOAuth, StartOAuthBody } from './start-oauth.command.js';
import { OAUTH_STATE_SECONDS } from './start-oauth.handler.js';

const StartedOAuthView = z.object({
  /** The same address under the two names clients know. */
  url: z.string(),
  authorization_url: z.string(),
  state: z.string(),
  platform_id: z.string(),
  platform_name: z.string(),
  expires_in: z.number().int(),
});

@Controller('platforms/:platform_id/oauth')
export class StartOAuthController {
  constructor(private readonly commands: CommandBus) {}

  @Post('start')
  @RequiresPermission('can_manage_connections')
  @Envelope('Authorization started')
  @Api({
    summary: 'Begin to connect a platform by signing in there',
    answer: StartedOAuthView,
    errors: ['platforms.not_found', 'connections.oauth_not_supported', 'connections.oauth_not_configured'],
  })
  async start(
    @Ctx() ctx: RequestContext,
    @Param('platform_id', { schema: z.string() }) platform: string,
    @Body({ schema: StartOAuthBody }) body: StartOAuthBody,
  ): Promise<z.input<typeof StartedOAuthView>> {
    const started = await this.commands.execute(new StartOAuth(ctx.scope, ctx.actor.userId, platform, body));
    return {
      url: started.url,
      authorization_url: started.url,
      state: started.state,
      platform_id: started.platformId,
      platform_name: started.platformName,
      expires_in: OAUTH_STATE_SECONDS,
    };
  }
}
