import { Controller, Get, Query } from '@nestjs/common';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { Ctx, RequiresPermission } from '#auth';
import type { RequestContext } from '#auth';
import { questions } from '#contracts';
import type { AnswerOf } from '#contracts';
import { Answers } from '#messaging';
import { Api } from '#service-defaults';
import { AccountPlans } from '../account-plans.js';
import { Clock } from '../clock.js';
import { ExecutionUsage } from './execution-usage.js';
import { StorageUsage } from './storage-usage.js';
import { UsageReport, usageReport } from './usage-report.js';

const UsageQuery = z.object({
  period: z
    .union([z.enum(['current', 'previous']), z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/)])
    .default('current')
    .describe('`current`, `previous`, or the month (`2026-11`) whose first day lies in the period'),
});
type UsageQuery = z.infer<typeof UsageQuery>;

@Controller()
export class UsageController {
  constructor(
    private readonly usage: ExecutionUsage,
    private readonly storage: StorageUsage,
    private readonly plans: AccountPlans,
    private readonly clock: Clock,
  ) {}

  @Get('billing/usage')
  @RequiresPermission('can_manage_billing')
  @Api({ summary: 'Metered usage of a period', answer: UsageReport, invalidStatus: 422 })
  async get(@Ctx() ctx: RequestContext, @Query({ schema: UsageQuery }) query: UsageQuery): Promise<UsageReport> {
    const at = await this.#instantIn(ctx.accountId, query.period);
    // Files belong to no period: their bytes are what is kept now.
    const storage = query.period === 'current' ? this.storage.of(ctx.accountId) : undefined;
    return usageReport(await this.usage.of(ctx.accountId, at), await storage);
  }

  @Answers(questions.usage)
  async answer(request: { account_id: string }): Promise<AnswerOf<typeof questions.usage>> {
    const { plan, period, executions, apiRequests } = await this.usage.of(request.account_id);
    return {
      plan: plan.id,
      period: { from: period.from.toISOString(), to: period.to.toISOString() },
      ...executions,
      limit: plan.limits.max_executions,
      api_requests: apiRequests,
    };
  }

  async #instantIn(accountId: string, period: string): Promise<Date> {
    if (period === 'current') return this.clock.now();
    if (period !== 'previous') return DateTime.fromISO(`${period}-01`, { zone: 'utc' }).toJSDate();
    const current = await this.plans.of(accountId);
    return new Date(current.period.from.getTime() - 1);
  }
}
