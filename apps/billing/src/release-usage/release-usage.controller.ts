import { Controller } from '@nestjs/common';
import { questions } from '#contracts';
import type { AnswerOf } from '#contracts';
import { Answers } from '#messaging';
import { CloseReservations } from './close-reservations.js';

@Controller()
export class ReleaseUsageController {
  constructor(private readonly reservations: CloseReservations) {}

  @Answers(questions.releaseUsage)
  async release(request: {
    account_id: string;
    execution_ids: string[];
  }): Promise<AnswerOf<typeof questions.releaseUsage>> {
    return { released: await this.reservations.close(request.execution_ids, request.account_id) };
  }
}
