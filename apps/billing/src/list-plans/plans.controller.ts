import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { Public } from '#auth';
import { PageInfo, Problem } from '#contracts';
import { defineList, listQuery, Lists, splitListQuery } from '#persistence';
import { Api } from '#service-defaults';
import { allPlans, planNamed } from '../domain/plans.js';
import { PlanView, planView } from './plan-view.js';

const PlanName = z.string().max(64);
const PlanList = z.object({ plans: z.array(PlanView), page_info: PageInfo });

const PLANS = defineList<PlanView>({
  name: 'plans',
  key: 'plan',
  orders: { price: ['price_monthly'], plan: [] },
  defaultOrder: 'price',
});
const PlanListQuery = listQuery(PLANS);
type PlanListQuery = z.infer<typeof PlanListQuery>;

@Controller()
export class PlansController {
  constructor(private readonly lists: Lists) {}

  @Get('billing/plans')
  @Public()
  @Api({ summary: 'All plans with their prices and limits', answer: PlanList, invalidStatus: 422 })
  list(@Query({ schema: PlanListQuery }) query: PlanListQuery): z.infer<typeof PlanList> {
    const { request } = splitListQuery(query);
    const { items, page_info } = this.lists.pageOf(PLANS, {
      scope: undefined,
      request,
      items: allPlans().map(planView),
    });
    return { plans: items, page_info };
  }

  @Get('billing/plans/:plan')
  @Public()
  @Api({ summary: 'One plan', answer: PlanView, errors: ['billing.not_found'] })
  get(@Param('plan', { schema: PlanName }) name: string): PlanView {
    const plan = planNamed(name);
    if (!plan) throw new Problem(404, 'billing.not_found', 'Plan not found');
    return planView(plan);
  }
}
