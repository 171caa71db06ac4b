import { Controller } from '@nestjs/common';
import { questions } from '#contracts';
import type { AnswerOf } from '#contracts';
import { Answers } from '#messaging';
import { planOf } from '../domain/plans.js';
import { PAID_PLANS } from '../payments/payment-config.js';
import { PaymentProvider } from '../payments/payment-provider.js';
import { planForSale } from './plan-for-sale.js';

@Controller()
export class SyncPlansController {
  constructor(private readonly provider: PaymentProvider) {}

  @Answers(questions.syncPlans)
  async sync(): Promise<AnswerOf<typeof questions.syncPlans>> {
    const plans = PAID_PLANS.map((plan) => planForSale(planOf(plan), plan));
    return { steps: await this.provider.catalogue.sync(plans) };
  }
}
