import { Controller } from '@nestjs/common';
import { newId, Problem, questions, type AnswerOf, type ExecutionJob, type RequestOf } from '#contracts';
import { helperCatalogue } from '#helpers';
import { Answers } from '#messaging';
import { TryHelper } from './try-helper.js';

/** Shorter than the asker waits, so that the asker learns why there is no answer. */
const LONGEST_MS = 20_000;

function jobOf(request: RequestOf<typeof questions.dryRun>): ExecutionJob {
  const id = newId('exec');
  return {
    ...request,
    execution_id: id,
    journal_id: id,
    trigger_type: 'manual',
    lane: 'live',
    attempt: 1,
    depth: 0,
    accepted_at: new Date().toISOString(),
  };
}

/** Shows what helpers would do. Only runners can: nobody else reaches the CRMs. */
@Controller()
export class DryRunController {
  constructor(private readonly tries: TryHelper) {}

  @Answers(questions.dryRun)
  async dryRun(request: RequestOf<typeof questions.dryRun>): Promise<AnswerOf<typeof questions.dryRun>> {
    const definition = helperCatalogue.get(request.helper_type);
    if (definition === undefined) {
      throw new Problem(400, 'helpers.unknown_type', `This runner knows no helper type ${request.helper_type}`);
    }
    return this.tries.report(definition, jobOf(request), AbortSignal.timeout(LONGEST_MS));
  }
}
