import { Controller } from '@nestjs/common';
import { questions } from '#contracts';
import type { AnswerOf } from '#contracts';
import { Answers } from '#messaging';
import { RecordApiRequests } from './record-api-requests.service.js';

@Controller()
export class RecordApiRequestsController {
  constructor(private readonly requests: RecordApiRequests) {}

  @Answers(questions.recordApiRequests)
  async record(request: {
    report_id: string;
    accounts: { account_id: string; requests: number }[];
  }): Promise<AnswerOf<typeof questions.recordApiRequests>> {
    const counts = request.accounts.map(({ account_id, requests }) => ({ accountId: account_id, requests }));
    return { recorded: await this.requests.record(request.report_id, counts) };
  }
}
