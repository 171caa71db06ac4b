import { Body, Controller, Get, Headers, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Ctx, KeyScope, RequiresPermission, type RequestContext } from '#auth';
import { EXECUTION_STATUSES, Problem } from '#contracts';
import { answerWith, Api, Envelope } from '#service-defaults';
import type { AcceptedExecution } from '../accept-execution/execution-request.js';
import { ExecuteHelper } from './execute-helper.service.js';

const MAX_BODY_BYTES = 256 * 1024;

/** Clients send numbers where ids are numeric. */
const ContactId = z.union([z.string(), z.number()]).transform(String).pipe(z.string().max(200));
const ExecuteBody = z
  .object({
    contact_id: ContactId.optional(),
    input: z.record(z.string(), z.unknown()).default({}),
    overrides: z.record(z.string(), z.unknown()).optional(),
  })
  .default({ input: {} })
  .meta({ id: 'ExecuteHelper' });
type ExecuteBody = z.infer<typeof ExecuteBody>;

const ExecuteQuery = z.record(
  z.string(),
  z.union([z.string(), z.array(z.string())]).transform((value) => String(value)),
);
const IdempotencyKey = z.string().min(1).max(128).optional();
const Identifier = z.string().max(200);

/** @throws Problem 400 for a key that is empty or too long */
function checkedKey(header: string | undefined): string | undefined {
  const result = IdempotencyKey.safeParse(header);
  if (result.success) return result.data;
  const message = 'An Idempotency-Key has 1 to 128 characters';
  throw new Problem(400, 'request.invalid_body', message, {
    errors: [{ field: 'Idempotency-Key', code: 'invalid', message }],
  });
}

const Accepted = z.object({
  execution_id: z.string(),
  helper_id: z.string(),
  status: z.enum(EXECUTION_STATUSES),
  started_at: z.iso.datetime(),
});

const route = {
  answer: Accepted,
  status: 202,
  bodyLimit: MAX_BODY_BYTES,
  errors: [
    'helpers.not_found',
    'helpers.disabled',
    'helpers.config_incomplete',
    'helpers.contact_required',
    'account.suspended',
    'request.idempotency_conflict',
    'request.idempotency_in_progress',
    'billing.quota_exceeded',
    'generic.rate_limited',
  ],
} as const;

function accepted({ record, replayed }: AcceptedExecution) {
  const data = {
    execution_id: record._id,
    helper_id: record.helper_id,
    status: record.status,
    started_at: (record.started_at ?? record.created_at).toISOString(),
  };
  return answerWith(data, { headers: replayed ? { 'Idempotency-Replayed': 'true' } : {} });
}

/** The four ways to ask for an execution. The gateway has exchanged any API key before a request comes here. */
@Controller()
export class ExecuteHelperController {
  constructor(private readonly executions: ExecuteHelper) {}

  @Post('helpers/:helper_id/execute')
  @RequiresPermission('can_execute_helpers')
  @KeyScope('execute_helpers', { keepsToHelpers: true, triesOut: true })
  @Envelope('Helper execution queued')
  @Api({ summary: 'Execute a helper', ...route })
  async execute(
    @Ctx() ctx: RequestContext,
    @Param('helper_id', { schema: Identifier }) identifier: string,
    @Body({ schema: ExecuteBody }) body: ExecuteBody,
    @Query({ schema: ExecuteQuery }) query: Record<string, string>,
    @Headers('idempotency-key') idempotencyKey?: string,
  ) {
    return this.run(ctx, identifier, body, query, idempotencyKey);
  }

  @Post('helper/:identifier/execute')
  @RequiresPermission('can_execute_helpers')
  @KeyScope('execute_helpers', { keepsToHelpers: true, triesOut: true })
  @Envelope('Helper execution queued')
  @Api({ summary: 'Execute a helper by API key', ...route })
  async executeByKey(
    @Ctx() ctx: RequestContext,
    @Param('identifier', { schema: Identifier }) identifier: string,
    @Body({ schema: ExecuteBody }) body: ExecuteBody,
    @Query({ schema: ExecuteQuery }) query: Record<string, string>,
    @Headers('idempotency-key') idempotencyKey?: string,
  ) {
    return this.run(ctx, identifier, body, query, idempotencyKey);
  }

  @Post('helper/:api_key/:identifier')
  @RequiresPermission('can_execute_helpers')
  @KeyScope('execute_helpers', { keepsToHelpers: true, triesOut: true })
  @Envelope('Helper execution queued')
  @Api({ summary: 'Execute a helper with the API key in the path', ...route })
  async executeByPathKey(
    @Ctx() ctx: RequestContext,
    @Param('identifier', { schema: Identifier }) identifier: string,
    @Body({ schema: ExecuteBody }) body: ExecuteBody,
    @Query({ schema: ExecuteQuery }) query: Record<string, string>,
    @Headers('idempotency-key') idempotencyKey?: string,
  ) {
    return this.run(ctx, identifier, body, query, idempotencyKey);
  }

  @Get('helper/:api_key/:identifier')
  @RequiresPermission('can_execute_helpers')
  @KeyScope('execute_helpers', { keepsToHelpers: true, triesOut: true })
  @Envelope('Helper execution queued')
  @Api({ summary: 'Execute a helper by a link', ...route })
  async executeByLink(
    @Ctx() ctx: RequestContext,
    @Param('identifier', { schema: Identifier }) identifier: string,
    @Query({ schema: ExecuteQuery }) query: Record<string, string>,
    @Headers('idempotency-key') idempotencyKey?: string,
  ) {
    return this.run(ctx, identifier, { input: {} }, query, idempotencyKey);
  }

  private async run(
    ctx: RequestContext,
    identifier: string,
    body: ExecuteBody,
    query: Record<string, string>,
    idempotencyKey?: string,
  ) {
    return accepted(
      await this.executions.execute(ctx, {
        identifier,
        contactId: body.contact_id ?? query['contact_id'],
        input: body.input,
        query,
        idempotencyKey: checkedKey(idempotencyKey),
        overrides: body.overrides,
      }),
    );
  }
}
