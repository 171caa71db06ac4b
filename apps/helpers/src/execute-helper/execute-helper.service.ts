import { Injectable } from '@nestjs/common';
import { helpersOf, isTest, type RequestContext } from '#auth';
import { Problem, type TriggerType } from '#contracts';
import { configErrors } from '#helpers';
import { AcceptExecution } from '../accept-execution/accept-execution.service.js';
import type { AcceptedExecution } from '../accept-execution/execution-request.js';
import { HelperConfig } from '../manage-helpers/helper-config.js';
import { definitionOf } from '../views/helper-view.js';
import { answerInTime } from './answer-in-time.js';
import { HelperDirectory, helperNotFound, type KnownHelper } from './helper-directory.js';

/** What a client sends with an execution. */
export interface ExecutionInput {
  identifier: string;
  contactId?: string | undefined;
  input: Record<string, unknown>;
  query: Record<string, string>;
  idempotencyKey?: string | undefined;
  /** Merged over the configuration for this run only. */
  overrides?: Record<string, unknown> | undefined;
}

/** Checks that a helper can run now and hands the request to acceptance. Nothing is recorded for a refusal. */
@Injectable()
export class ExecuteHelper {
  constructor(
    private readonly directory: HelperDirectory,
    private readonly configs: HelperConfig,
    private readonly acceptance: AcceptExecution,
  ) {}

  /** @throws Problem 400 `helpers.disabled`, `helpers.config_incomplete`, `helpers.contact_required`; 404; and those of acceptance */
  execute(ctx: RequestContext, request: ExecutionInput): Promise<AcceptedExecution> {
    return answerInTime((late) => this.checkAndAccept(ctx, request, late));
  }

  private async checkAndAccept(
    ctx: RequestContext,
    request: ExecutionInput,
    late: AbortSignal,
  ): Promise<AcceptedExecution> {
    const helper = await this.directory.find(ctx.scope, request.identifier);
    const { record } = helper;
    if (helpersOf(ctx)?.includes(record._id) === false) throw helperNotFound();
    if (!record.enabled) throw new Problem(400, 'helpers.disabled', 'Helper is disabled');
    const config = await this.configOf(ctx, helper, request.overrides);
    const contactId = request.contactId === '' ? undefined : request.contactId;
    if (contactId === undefined && definitionOf(record.helper_type)?.requiresContact === true) {
      throw new Problem(400, 'helpers.contact_required', 'This helper needs a contact: send contact_id');
    }
    const wanted = {
      accountId: ctx.accountId,
      helper: {
        id: record._id,
        type: record.helper_type,
        name: record.name,
        config,
        ...(record.connection_id !== undefined && { connectionId: record.connection_id }),
      },
      ...(contactId !== undefined && { contactId }),
      input: request.input,
      query: request.query,
      trigger: triggerOf(ctx),
      userId: ctx.actor.userId,
      ...(ctx.actor.kind === 'api_key' && { apiKeyId: ctx.actor.keyId }),
      ...(isTest(ctx) && { dryRun: true }),
      ...(request.idempotencyKey !== undefined && { idempotencyKey: request.idempotencyKey }),
    };
    return this.acceptance.accept(wanted, late);
  }

  private async configOf(ctx: RequestContext, helper: KnownHelper, overrides: ExecutionInput['overrides']) {
    const { record } = helper;
    const definition = definitionOf(record.helper_type);
    if (overrides === undefined || Object.keys(overrides).length === 0 || definition === undefined) {
      this.refuseIncomplete(helper.configErrors);
      return record.config;
    }
    if (ctx.actor.kind !== 'user' || !ctx.permissions.can_manage_helpers) {
      throw new Problem(403, 'account.permission_denied', 'Permission denied', {
        extensions: { action: 'manage', resource: 'helpers' },
      });
    }
    const merged = { ...record.config, ...overrides };
    this.configs.refuseInvalid(definition, merged);
    this.refuseIncomplete(configErrors(definition, merged));
    return this.configs.toStore(definition, ctx.scope, merged, record.config);
  }

  private refuseIncomplete(errors: KnownHelper['configErrors']): void {
    if (errors.length === 0) return;
    const fields = errors.map((error) => error.field).join(', ');
    throw new Problem(400, 'helpers.config_incomplete', `The helper's configuration is not complete: ${fields}`, {
      errors: errors.map(({ field, code, message }) => ({ field: `config.${field}`, code, message })),
    });
  }
}

const triggerOf = (ctx: RequestContext): TriggerType => (ctx.actor.kind === 'user' ? 'manual' : 'api');
