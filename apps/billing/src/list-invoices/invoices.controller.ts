import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Ctx, RequiresPermission } from '#auth';
import type { RequestContext } from '#auth';
import type { AccountScope } from '#contracts';
import { defineList, listQuery, Lists, splitListQuery } from '#persistence';
import { answerWith, Api } from '#service-defaults';
import { Payers } from '../payments/payers.js';
import { PaymentProvider } from '../payments/payment-provider.js';
import { InvoiceView, invoiceView } from './invoice-view.js';

const MOST_INVOICES = 24;

const INVOICES = defineList<InvoiceView>({
  name: 'invoices',
  key: 'id',
  orders: { date: ['date'] },
  defaultOrder: '-date',
  size: 'all',
  oversize: 'cut',
});
const ListQuery = listQuery(INVOICES);

@Controller()
export class InvoicesController {
  constructor(
    private readonly payers: Payers,
    private readonly provider: PaymentProvider,
    private readonly lists: Lists,
  ) {}

  @Get('billing/invoices')
  @RequiresPermission('can_manage_billing')
  @Api({
    summary: 'The latest invoices of the account, 24 at most',
    description: 'Empty for accounts that never bought anything and where nothing is sold.',
    answer: z.array(InvoiceView),
    errors: ['billing.provider_unavailable', 'billing.provider_refused'],
    pageInfoBeside: true,
  })
  async list(@Ctx() { scope }: RequestContext, @Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>) {
    const { request } = splitListQuery(query);
    const found = await this.#invoicesOf(scope);
    const { items, page_info } = this.lists.pageOf(INVOICES, { scope, request, items: found });
    return answerWith(items, { pageInfo: page_info });
  }

  async #invoicesOf(scope: AccountScope): Promise<InvoiceView[]> {
    if (!this.provider.configured) return [];
    const customerId = await this.payers.find(scope);
    if (customerId === undefined) return [];
    return (await this.provider.invoices.ofCustomer(customerId, MOST_INVOICES)).map(invoiceView);
  }
}
