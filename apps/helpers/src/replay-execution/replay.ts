import { Injectable } from '@nestjs/common';
import type { RequestContext } from '#auth';
import { Problem, scopeOf, type ExecutionJob } from '#contracts';
import { AcceptExecution } from '../accept-execution/accept-execution.service.js';
import type { ExecutionRecord } from '../domain/execution-record.js';
import { HelpersRepository } from '../persistence/helpers.repository.js';

/** Who asks for a replay: a person or key of the account, or an operator, who is no actor of it. */
export type ReplayRequester = Pick<RequestContext, 'accountId' | 'scope'> & Partial<Pick<RequestContext, 'actor'>>;

/** Makes a new execution of what an earlier one was to do; both share one effect journal, so nothing is done twice. */
@Injectable()
export class Replay {
  constructor(
    private readonly acceptance: AcceptExecution,
    private readonly helpers: HelpersRepository,
  ) {}

  /**
   * @param job what the earlier execution was given
   * @param executionId id of the new execution, where repeating the request must not make another one
   * @throws Problem 404 when the current configuration is wanted and the helper is gone; 429 as for execute
   */
  async of(
    { accountId, actor }: Omit<ReplayRequester, 'scope'>,
    job: ExecutionJob,
    useCurrentConfig: boolean,
    executionId?: string,
  ): Promise<ExecutionRecord> {
    const current = useCurrentConfig ? await this.helpers.resolve(scopeOf(accountId), job.helper_id) : null;
    if (useCurrentConfig && current === null) throw new Problem(404, 'helpers.not_found', 'Helper not found');
    const connectionId = current === null ? job.connection_id : current.connection_id;
    const { record } = await this.acceptance.accept({
      accountId,
      helper: {
        id: job.helper_id,
        type: job.helper_type,
        name: current?.name ?? job.helper_name,
        config: current?.config ?? job.config,
        ...(connectionId !== undefined && { connectionId }),
      },
      ...(job.contact_id !== undefined && { contactId: job.contact_id }),
      input: job.input,
      query: job.query,
      trigger: 'replay',
      ...(actor !== undefined && { userId: actor.userId }),
      ...(actor?.kind === 'api_key' && { apiKeyId: actor.keyId }),
      depth: job.depth,
      ...(job.dry_run === true && { dryRun: true }),
      replayOf: { executionId: job.execution_id, journalId: job.journal_id },
      ...(executionId !== undefined && { executionId }),
    });
    return record;
  }
}
