import { Body, Controller, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Ctx, RequiresPermission, type RequestContext } from '#auth';
import { DryRun, Problem, questions } from '#contracts';
import { Questions } from '#messaging';
import { Api, Envelope } from '#service-defaults';
import { BurstLimit } from '../accept-execution/burst-limit.js';
import { HelperDirectory } from '../execute-helper/helper-directory.js';
import { HelperConfig } from '../manage-helpers/helper-config.js';
import { HelpersSettings } from '../settings.js';
import { definitionOf } from '../views/helper-view.js';

/** A dry run waits for a CRM's answers; the gateway waits a little longer than this. */
const ANSWER_TIMEOUT_MS = 25_000;

const JsonObject = z.record(z.string(), z.unknown());

const DryRunBody = z
  .strictObject({
    contact_id: z.union([z.string(), z.number()]).transform(String).pipe(z.string().max(200)).optional(),
    input: JsonObject.default({}),
    query: z.record(z.string(), z.string()).default({}),
    /** Instead of the saved one. */
    config: JsonObject.optional(),
  })
  .prefault({})
  .meta({ id: 'DryRunHelper' });
type DryRunBody = z.infer<typeof DryRunBody>;

const DryRunAnswer = DryRun.extend({
  helper_id: z.string(),
  helper_type: z.string(),
  contact_id: z.string().optional(),
}).meta({ id: 'HelperDryRun' });

/** Shows what a helper would do. Drafts and disabled helpers can be tried too. */
@Controller('helpers')
export class DryRunController {
  constructor(
    private readonly directory: HelperDirectory,
    private readonly configs: HelperConfig,
    private readonly limit: BurstLimit,
    private readonly settings: HelpersSettings,
    private readonly ask: Questions,
  ) {}

  @Post(':helper_id/dry-run')
  @RequiresPermission('can_execute_helpers')
  @Envelope('Dry run completed')
  @Api({
    summary: 'Show what a helper would do for a contact, without doing it',
    answer: DryRunAnswer,
    errors: ['helpers.not_found', 'helpers.unknown_type', 'generic.rate_limited'],
    invalidStatus: 422,
  })
  async dryRun(
    @Ctx() ctx: RequestContext,
    @Param('helper_id', { schema: z.string().max(200) }) helperId: string,
    @Body({ schema: DryRunBody }) body: DryRunBody,
  ) {
    const { record } = await this.directory.find(ctx.scope, helperId);
    const definition = definitionOf(record.helper_type);
    if (definition === undefined) {
      throw new Problem(400, 'helpers.unknown_type', `Unknown helper type: ${record.helper_type}`);
    }
    await this.take(ctx);
    const config =
      body.config === undefined
        ? record.config
        : await this.configs.toStore(definition, ctx.scope, body.config, record.config);
    const contactId = body.contact_id === '' ? undefined : body.contact_id;
    const report = await this.ask.ask(
      questions.dryRun,
      {
        account_id: ctx.accountId,
        user_id: ctx.actor.userId,
        helper_id: record._id,
        helper_type: record.helper_type,
        helper_name: record.name,
        ...(record.connection_id !== undefined && { connection_id: record.connection_id }),
        ...(contactId !== undefined && { contact_id: contactId }),
        config,
        input: body.input,
        query: body.query,
      },
      { timeoutMs: ANSWER_TIMEOUT_MS },
    );
    return {
      helper_id: record._id,
      helper_type: record.helper_type,
      ...(contactId !== undefined && { contact_id: contactId }),
      ...report,
    };
  }

  private async take(ctx: RequestContext): Promise<void> {
    const { dryRunsPerMinute } = this.settings;
    const granted = await this.limit.takeOf(`dry-run:${ctx.accountId}`, 1, dryRunsPerMinute);
    if (granted === 0) throw this.limit.refusal(undefined, dryRunsPerMinute);
  }
}
