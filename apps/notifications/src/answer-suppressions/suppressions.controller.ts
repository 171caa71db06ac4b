import { Controller } from '@nestjs/common';
import { questions, type AnswerOf, type RequestOf } from '#contracts';
import { Answers } from '#messaging';
import { Suppressions } from '../persistence/suppressions.repository.js';

/** What operators ask about addresses that get no mail. */
@Controller()
export class SuppressionsController {
  constructor(private readonly suppressions: Suppressions) {}

  @Answers(questions.suppressions)
  async list({ limit }: RequestOf<typeof questions.suppressions>): Promise<AnswerOf<typeof questions.suppressions>> {
    const found = await this.suppressions.list(limit ?? 100);
    return {
      suppressions: found.map(({ address, reason, created_at }) => ({
        address,
        reason,
        since: created_at.toISOString(),
      })),
    };
  }

  @Answers(questions.releaseAddress)
  async release({
    address,
  }: RequestOf<typeof questions.releaseAddress>): Promise<AnswerOf<typeof questions.releaseAddress>> {
    return { released: (await this.suppressions.release(address)) > 0 };
  }
}
