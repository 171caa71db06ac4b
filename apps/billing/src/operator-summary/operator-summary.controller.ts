import { Controller, Get, Headers, Query } from '@nestjs/common';
import { z } from 'zod';
import { Public } from '#auth';
import { PLANS } from '#contracts';
import { Api } from '#service-defaults';
import { Clock } from '../clock.js';
import { calendarMonth } from '../domain/billing-period.js';
import { CURRENCY } from '../domain/plans.js';
import { OperatorFiguresService } from './operator-figures.js';
import { OperatorToken } from './operator-token.js';

const Moment = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })])
  .describe('A day (`2026-11-01`, from its beginning in UTC) or a moment');

const SummaryQuery = z
  .object({ from: Moment.optional(), to: Moment.optional() })
  .refine(({ from, to }) => from === undefined || to === undefined || Date.parse(from) < Date.parse(to), {
    message: 'must be later than from',
    path: ['to'],
  });
type SummaryQuery = z.infer<typeof SummaryQuery>;

const OperatorSummary = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    currency: z.string(),
    /** Cents a month of all accounts that pay now. */
    mrr_minor: z.number().int(),
    /** Which part of the accounts that paid at `from` did not pay at `to`. */
    churn_rate: z.number(),
    /** Cents for executions beyond the plans, in periods that began between `from` and `to`. */
    overage_minor: z.number().int(),
    /** How many accounts are on which plan now. */
    accounts_by_plan: z.object(Object.fromEntries(PLANS.map((plan) => [plan, z.number().int()]))),
  })
  .meta({ id: 'OperatorSummary' });
type OperatorSummary = z.infer<typeof OperatorSummary>;

/** For those who run the product, on the port of the service: the gateway knows no such path. */
@Controller()
export class OperatorSummaryController {
  constructor(
    private readonly figures: OperatorFiguresService,
    private readonly token: OperatorToken,
    private readonly clock: Clock,
  ) {}

  @Get('billing/operator/summary')
  @Public()
  @Api({
    summary: 'Revenue, churn, overage and plans; by the operator token',
    answer: OperatorSummary,
    errors: ['auth.unauthorized'],
    invalidStatus: 422,
  })
  async get(
    @Headers('authorization') authorization: string | undefined,
    @Query({ schema: SummaryQuery }) query: SummaryQuery,
  ): Promise<OperatorSummary> {
    this.token.check(authorization);
    const to = query.to === undefined ? this.clock.now() : new Date(query.to);
    const from = query.from === undefined ? calendarMonth(to).from : new Date(query.from);
    const { mrrMinor, churnRate, overageMinor, accountsByPlan } = await this.figures.of(from, to);
    return {
      from: from.toISOString(),
      to: to.toISOString(),
      currency: CURRENCY,
      mrr_minor: mrrMinor,
      churn_rate: churnRate,
      overage_minor: overageMinor,
      accounts_by_plan: accountsByPlan,
    };
  }
}
