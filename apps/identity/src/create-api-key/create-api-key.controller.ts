import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { auditedCaller } from '#audit';
import { Ctx, RequiresPermission, type RequestContext } from '#auth';
import { KEY_SCOPES } from '#contracts';
import { Api, Envelope } from '#service-defaults';
import { Clock } from '../clock.js';
import { optionalText, requiredText } from '../domain/fields.js';
import { apiKeyView } from '../views/api-key-view.js';
import { CreateApiKey } from './create-api-key.command.js';
import { AllowedIps, CreatedApiKeyView, HelperIds } from './key-wish.js';

const Instant = z.iso.datetime({ offset: true });

/** A time to come; forms send an empty text for "never". */
const Expiry = optionalText('expires_at', 40).transform((text, context) => {
  if (text === undefined) return undefined;
  const time = Instant.safeParse(text).success ? new Date(text) : undefined;
  if (time === undefined) {
    context.addIssue({ code: 'custom', message: 'expires_at must be a time such as 2030-01-31T12:00:00Z' });
  } else if (time.getTime() <= Date.now()) {
    context.addIssue({ code: 'custom', message: 'expires_at must be in the future' });
  }
  return time;
});

const CreateApiKeyBody = z
  .object({
    name: requiredText('Name', 200),
    permissions: z
      .array(z.enum(KEY_SCOPES, { error: `Permissions are ${KEY_SCOPES.join(', ')}` }))
      .min(1, 'At least one permission is required')
      .max(KEY_SCOPES.length)
      .nullish()
      .transform((scopes) => [...new Set(scopes ?? ['execute_helpers' as const])]),
    expires_at: Expiry,
    /** Makes a key whose executions are dry runs. */
    test: z.boolean().nullish(),
    allowed_ips: AllowedIps,
    helper_ids: HelperIds,
  })
  .meta({ id: 'CreateApiKey' });

@Controller('api-keys')
export class CreateApiKeyController {
  constructor(
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  @Post()
  @RequiresPermission('can_manage_api_keys')
  @Envelope('API key created')
  @Api({
    summary: 'Make an API key; the key itself is shown in this answer only',
    answer: CreatedApiKeyView,
    status: 201,
    errors: ['billing.limit_reached'],
  })
  async create(@Ctx() ctx: RequestContext, @Body({ schema: CreateApiKeyBody }) body: z.infer<typeof CreateApiKeyBody>) {
    const { name, permissions, expires_at: expiresAt, allowed_ips: allowedIps, helper_ids: helperIds } = body;
    const { key, raw } = await this.commands.execute(
      new CreateApiKey(ctx.scope, ctx.actor.userId, auditedCaller(ctx), {
        name,
        permissions,
        expiresAt,
        test: body.test === true,
        allowedIps,
        helperIds,
      }),
    );
    return { ...apiKeyView(key, this.clock.now()), key: raw, api_key: raw };
  }
}
