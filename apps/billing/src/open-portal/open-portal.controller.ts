import { Body, Controller, Post } from '@nestjs/common';
import { z } from 'zod';
import { Ctx, RequiresPermission } from '#auth';
import type { RequestContext } from '#auth';
import { Problem } from '#contracts';
import { Api } from '#service-defaults';
import { ReturnPath } from '../domain/app-page.js';
import { Payers } from '../payments/payers.js';
import { PaymentProvider } from '../payments/payment-provider.js';
import { BillingSettings } from '../settings.js';

const PortalBody = z.object({ return_url: ReturnPath.default('/settings?tab=billing') }).meta({ id: 'OpenPortal' });
type PortalBody = z.infer<typeof PortalBody>;

const Portal = z.object({ url: z.string() }).meta({ id: 'Portal' });

@Controller()
export class OpenPortalController {
  constructor(
    private readonly payers: Payers,
    private readonly provider: PaymentProvider,
    private readonly settings: BillingSettings,
  ) {}

  @Post('billing/portal-session')
  @RequiresPermission('can_manage_billing')
  @Api({
    summary: 'A page of the payment provider on which the account looks after its payments',
    answer: Portal,
    status: 201,
    errors: [
      'billing.no_customer',
      'billing.not_configured',
      'billing.provider_unavailable',
      'billing.provider_refused',
    ],
  })
  async open(
    @Ctx() { scope }: RequestContext,
    @Body({ schema: PortalBody }) { return_url }: PortalBody,
  ): Promise<z.infer<typeof Portal>> {
    this.provider.assertConfigured();
    const customerId = await this.payers.find(scope);
    if (customerId === undefined) {
      throw new Problem(400, 'billing.no_customer', 'No billing account found. Please subscribe to a plan first.');
    }
    return { url: await this.provider.customers.portal(customerId, this.settings.appUrl + return_url) };
  }
}
