import { Body, Controller, Post } from '@nestjs/common';
import { z } from 'zod';
import { Ctx, RequiresPermission } from '#auth';
import type { RequestContext } from '#auth';
import { Api } from '#service-defaults';
import { ReturnPath } from '../domain/app-page.js';
import { BILLING_PERIODS, PAID_PLANS } from '../payments/payment-config.js';
import { OpenCheckout } from './open-checkout.service.js';

const CheckoutBody = z
  .object({
    plan: z.enum(PAID_PLANS),
    billing_period: z.enum(BILLING_PERIODS).default('monthly'),
    return_url: ReturnPath.optional(),
  })
  .meta({ id: 'OpenCheckout' });
type CheckoutBody = z.infer<typeof CheckoutBody>;

const Checkout = z.object({ url: z.string(), session_id: z.string() }).meta({ id: 'Checkout' });

@Controller()
export class OpenCheckoutController {
  constructor(private readonly checkout: OpenCheckout) {}

  @Post('billing/checkout/sessions')
  @RequiresPermission('can_manage_billing')
  @Api({
    summary: 'A page of the payment provider on which the account subscribes to a plan',
    description: 'The first subscription of an account begins with a trial of 14 days.',
    answer: Checkout,
    status: 201,
    errors: [
      'billing.already_subscribed',
      'billing.not_configured',
      'billing.provider_unavailable',
      'billing.provider_refused',
    ],
  })
  async open(
    @Ctx() { scope }: RequestContext,
    @Body({ schema: CheckoutBody }) { plan, billing_period, return_url }: CheckoutBody,
  ): Promise<z.infer<typeof Checkout>> {
    const { id, url } = await this.checkout.open(scope, { plan, billingPeriod: billing_period }, return_url);
    return { url, session_id: id };
  }
}
