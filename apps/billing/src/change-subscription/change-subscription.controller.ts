import { Body, Controller, Post } from '@nestjs/common';
import { z } from 'zod';
import { Ctx, RequiresPermission } from '#auth';
import type { RequestContext } from '#auth';
import { Api } from '#service-defaults';
import { BillingView } from '../get-billing/billing-view.js';
import { BillingSummary } from '../get-billing/billing-summary.js';
import { BILLING_PERIODS, PAID_PLANS } from '../payments/payment-config.js';
import { Exceeding } from './exceeding.js';
import { SubscriptionChanges } from './subscription-changes.js';

const OfferBody = z
  .strictObject({ plan: z.enum(PAID_PLANS), billing_period: z.enum(BILLING_PERIODS).default('monthly') })
  .meta({ id: 'ChangeSubscription' });
type OfferBody = z.infer<typeof OfferBody>;

const CancelBody = z
  .strictObject({
    at_period_end: z.boolean().default(true).describe('false ends the subscription at once'),
  })
  .meta({ id: 'CancelSubscription' });
const ResumeBody = z.strictObject({}).meta({ id: 'ResumeSubscription' });

const Preview = z
  .object({
    /** What would be charged, in the smallest units of the currency; less than nothing is a credit. */
    amount_due_minor: z.number().int(),
    currency: z.string(),
    lines: z.array(
      z.object({
        description: z.string(),
        amount_minor: z.number().int(),
        /** A part of a period that has begun. */
        proration: z.boolean(),
        from: z.iso.datetime(),
        to: z.iso.datetime(),
      }),
    ),
    /** What stands in the way of the plan. */
    exceeds: z.array(Exceeding),
  })
  .meta({ id: 'SubscriptionPreview' });

const PROVIDER = [
  'billing.no_subscription',
  'billing.not_configured',
  'billing.provider_unavailable',
  'billing.provider_refused',
] as const;

@Controller()
export class ChangeSubscriptionController {
  constructor(
    private readonly changes: SubscriptionChanges,
    private readonly summary: BillingSummary,
  ) {}

  @Post('billing/subscription/preview')
  @RequiresPermission('can_manage_billing')
  @Api({
    summary: 'What another plan would cost now, and what stands in its way',
    answer: Preview,
    errors: PROVIDER,
    invalidStatus: 422,
  })
  async preview(
    @Ctx() ctx: RequestContext,
    @Body({ schema: OfferBody }) { plan, billing_period }: OfferBody,
  ): Promise<z.infer<typeof Preview>> {
    const preview = await this.changes.preview(ctx, { plan, billingPeriod: billing_period });
    return {
      amount_due_minor: preview.amountDueMinor,
      currency: preview.currency,
      lines: preview.lines.map((line) => ({
        description: line.description,
        amount_minor: line.amountMinor,
        proration: line.proration,
        from: line.from.toISOString(),
        to: line.to.toISOString(),
      })),
      exceeds: preview.exceeds,
    };
  }

  @Post('billing/subscription/change')
  @RequiresPermission('can_manage_billing')
  @Api({
    summary: 'Puts the subscription on another plan or period',
    description: 'A larger plan is paid at once and given when the payment went through; a smaller one is set off.',
    answer: BillingView,
    errors: ['billing.cannot_downgrade_plan', 'billing.payment_failed', ...PROVIDER],
    invalidStatus: 422,
  })
  async change(
    @Ctx() ctx: RequestContext,
    @Body({ schema: OfferBody }) { plan, billing_period }: OfferBody,
  ): Promise<BillingView> {
    await this.changes.change(ctx, { plan, billingPeriod: billing_period });
    return this.summary.of(ctx);
  }

  @Post('billing/subscription/cancel')
  @RequiresPermission('can_manage_billing')
  @Api({
    summary: 'Ends the subscription with its period, or at once',
    answer: BillingView,
    errors: PROVIDER,
    invalidStatus: 422,
  })
  async cancel(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CancelBody }) body: z.infer<typeof CancelBody>,
  ): Promise<BillingView> {
    await this.changes.cancel(ctx, body.at_period_end ? 'period_end' : 'now');
    return this.summary.of(ctx);
  }

  @Post('billing/subscription/resume')
  @RequiresPermission('can_manage_billing')
  @Api({
    summary: 'Takes back a cancellation, after paying what is open',
    answer: BillingView,
    errors: ['billing.payment_failed', ...PROVIDER],
    invalidStatus: 422,
  })
  async resume(
    @Ctx() ctx: RequestContext,
    @Body({ schema: ResumeBody }) _body: z.infer<typeof ResumeBody>,
  ): Promise<BillingView> {
    await this.changes.resume(ctx);
    return this.summary.of(ctx);
  }
}
