import { Controller } from '@nestjs/common';
import { questions } from '#contracts';
import type { AnswerOf } from '#contracts';
import { Answers } from '#messaging';
import { ReserveUsage } from './reserve-usage.service.js';

@Controller()
export class ReserveUsageController {
  constructor(private readonly usage: ReserveUsage) {}

  @Answers(questions.reserveUsage)
  async reserve(request: {
    account_id: string;
    reservation_id: string;
    execution_ids: string[];
  }): Promise<AnswerOf<typeof questions.reserveUsage>> {
    const { granted, plan, limit, used, resetAt } = await this.usage.reserve({
      accountId: request.account_id,
      reservationId: request.reservation_id,
      executionIds: request.execution_ids,
    });
    return { granted, plan, limit, used, reset_at: resetAt.toISOString() };
  }
}
