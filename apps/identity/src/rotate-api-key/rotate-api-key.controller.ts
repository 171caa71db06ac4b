import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { auditedCaller } from '#audit';
import { Ctx, RequiresPermission, type RequestContext } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { Clock } from '../clock.js';
import { CreatedApiKeyView } from '../create-api-key/key-wish.js';
import { apiKeyView } from '../views/api-key-view.js';
import { RotateApiKey } from './rotate-api-key.command.js';

const HOUR_MS = 60 * 60 * 1000;
const LONGEST_OVERLAP_HOURS = 168;

const RotateApiKeyBody = z
  .strictObject({
    /** How long both keys work. */
    overlap_hours: z.number().min(0).max(LONGEST_OVERLAP_HOURS).default(24),
  })
  .prefault({})
  .meta({ id: 'RotateApiKey' });
type RotateApiKeyBody = z.infer<typeof RotateApiKeyBody>;

@Controller('api-keys')
export class RotateApiKeyController {
  constructor(
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  @Post(':key_id/rotate')
  @RequiresPermission('can_manage_api_keys')
  @Envelope('API key rotated')
  @Api({
    summary: 'Give an API key a successor; the old one expires after the overlap',
    description:
      'The successor has the same scopes and limits and acts for the caller. It is shown in this answer only.',
    answer: CreatedApiKeyView,
    status: 201,
    errors: ['api_keys.not_found', 'api_keys.transition_not_allowed'],
    invalidStatus: 422,
  })
  async rotate(
    @Ctx() ctx: RequestContext,
    @Param('key_id') keyId: string,
    @Body({ schema: RotateApiKeyBody }) { overlap_hours: overlap }: RotateApiKeyBody,
  ) {
    const { key, raw } = await this.commands.execute(
      new RotateApiKey(ctx.scope, ctx.actor.userId, auditedCaller(ctx), keyId, overlap * HOUR_MS),
    );
    return { ...apiKeyView(key, this.clock.now()), key: raw, api_key: raw };
  }
}
