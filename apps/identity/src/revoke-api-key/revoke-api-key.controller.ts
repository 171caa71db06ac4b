import { Controller, Delete, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { auditedCaller } from '#audit';
import { Ctx, RequiresPermission, type RequestContext } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { RevokeApiKey } from './revoke-api-key.command.js';

@Controller('api-keys')
export class RevokeApiKeyController {
  constructor(private readonly commands: CommandBus) {}

  @Delete(':key_id')
  @RequiresPermission('can_manage_api_keys')
  @Envelope('API key revoked')
  @Api({
    summary: 'Revoke an API key; it stops working within two seconds',
    answer: z.object({ key_id: z.string(), status: z.literal('revoked') }),
    errors: ['api_keys.not_found'],
  })
  async revoke(@Ctx() ctx: RequestContext, @Param('key_id') keyId: string) {
    await this.commands.execute(new RevokeApiKey(ctx.scope, keyId, auditedCaller(ctx)));
    return { key_id: keyId, status: 'revoked' as const };
  }
}
