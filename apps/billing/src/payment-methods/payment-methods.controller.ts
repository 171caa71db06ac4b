import { Body, Controller, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import { Ctx, RequiresPermission } from '#auth';
import type { RequestContext } from '#auth';
import { PageInfo } from '#contracts';
import { defineList, listFields, Lists, splitListQuery } from '#persistence';
import { Api, Envelope } from '#service-defaults';
import { PaymentMethodView, paymentMethodView } from './payment-method-view.js';
import { PaymentMethods } from './payment-methods.service.js';

const METHODS = defineList<PaymentMethodView>({
  name: 'payment-methods',
  key: 'id',
  orders: { expiry: ['exp_year', 'exp_month'] },
  defaultOrder: '-expiry',
});
const MethodsQuery = z.strictObject(listFields(METHODS));
const MethodList = z.object({ payment_methods: z.array(PaymentMethodView), page_info: PageInfo });

const MethodId = z.string().regex(/^[A-Za-z0-9_]{1,255}$/, 'must be the id of a payment method');
const DefaultBody = z.strictObject({ payment_method_id: MethodId }).meta({ id: 'DefaultPaymentMethod' });
const SetupIntent = z.object({ setup_intent_id: z.string(), client_secret: z.string() }).meta({ id: 'SetupIntent' });
const Removed = z.object({ id: z.string() });

const UNREACHABLE = ['billing.provider_unavailable', 'billing.provider_refused'] as const;
const PROVIDER = ['billing.not_configured', ...UNREACHABLE] as const;

@Controller()
export class PaymentMethodsController {
  constructor(
    private readonly methods: PaymentMethods,
    private readonly lists: Lists,
  ) {}

  @Get('billing/payment-methods')
  @RequiresPermission('can_manage_billing')
  @Api({ summary: 'Cards of the account', answer: MethodList, errors: UNREACHABLE, invalidStatus: 422 })
  async list(
    @Ctx() { scope }: RequestContext,
    @Query({ schema: MethodsQuery }) query: z.infer<typeof MethodsQuery>,
  ): Promise<z.infer<typeof MethodList>> {
    const { request } = splitListQuery(query);
    const found = (await this.methods.list(scope)).map(paymentMethodView);
    const { items, page_info } = this.lists.pageOf(METHODS, { scope, request, items: found });
    return { payment_methods: items, page_info };
  }

  @Post('billing/payment-methods/setup-intent')
  @RequiresPermission('can_manage_billing')
  @Api({
    summary: 'Prepares adding a card',
    description: "The web client hands the secret to the payment provider's form; the card itself never comes here.",
    answer: SetupIntent,
    status: 201,
    errors: PROVIDER,
  })
  async prepare(@Ctx() { scope }: RequestContext): Promise<z.infer<typeof SetupIntent>> {
    const { id, clientSecret } = await this.methods.prepare(scope);
    return { setup_intent_id: id, client_secret: clientSecret };
  }

  @Put('billing/payment-methods/default')
  @RequiresPermission('can_manage_billing')
  @Envelope('Default payment method changed')
  @Api({
    summary: 'Chooses the card that pays',
    answer: PaymentMethodView,
    errors: ['billing.payment_method_not_found', ...PROVIDER],
    invalidStatus: 422,
  })
  async makeDefault(
    @Ctx() { scope }: RequestContext,
    @Body({ schema: DefaultBody }) body: z.infer<typeof DefaultBody>,
  ): Promise<PaymentMethodView> {
    return paymentMethodView(await this.methods.makeDefault(scope, body.payment_method_id));
  }

  @Delete('billing/payment-methods/:payment_method_id')
  @RequiresPermission('can_manage_billing')
  @Envelope('Payment method removed')
  @Api({
    summary: 'Removes a card',
    answer: Removed,
    errors: ['billing.payment_method_not_found', 'billing.payment_method_in_use', ...PROVIDER],
    invalidStatus: 422,
  })
  async remove(
    @Ctx() { scope }: RequestContext,
    @Param('payment_method_id', { schema: MethodId }) id: string,
  ): Promise<z.infer<typeof Removed>> {
    await this.methods.remove(scope, id);
    return { id };
  }
}
