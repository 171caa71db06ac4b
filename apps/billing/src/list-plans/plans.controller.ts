import { Controller, Get, Param } from '@nestjs/common';
import { z } from 'zod';
import { Public } from '#auth';
import { Problem } from '#contracts';
import { Api } from '#service-defaults';
import { allPlans, planNamed } from '../domain/plans.js';
import { PlanView, planView } from './plan-view.js';

const PlanName = z.string().max(64);
const PlanList = z.object({ plans: z.array(PlanView) });

@Controller()
export class PlansController {
  @Get('billing/plans')
  @Public()
  @Api({ summary: 'All plans with their prices and limits', answer: PlanList })
  list(): z.infer<typeof PlanList> {
    return { plans: allPlans().map(planView) };
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
