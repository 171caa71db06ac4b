import { Injectable } from '@nestjs/common';
import { Problem, questions, scopeOf, type ChildStep, type RequestOf } from '#contracts';
import { isDuplicateKey } from '#persistence';
import { currentTraceparent } from '#telemetry';
import { ChainsRepository, type ChainRecord, type ChainStep } from '../persistence/chains.repository.js';
import { AdvanceChain } from './advance-chain.js';
import { derivedExecutionId } from './derived-id.js';

/** Deeper than this nobody means it. */
const DEEPEST = 10;
const LIFETIME_MS = 60 * 24 * 60 * 60 * 1000;

/** Makes a chain durable and queues its first step. Ids derive from parent and position: asking twice starts it once. */
@Injectable()
export class StartChildren {
  constructor(
    private readonly chains: ChainsRepository,
    private readonly advance: AdvanceChain,
  ) {}

  /** @returns the execution ids of the steps, in order @throws Problem 409 `executions.chain_cycle` when too deep */
  async start(request: RequestOf<typeof questions.startChildren>): Promise<string[]> {
    if (request.depth > DEEPEST) {
      throw new Problem(
        409,
        'executions.chain_cycle',
        `Chains may be ${DEEPEST} deep; this one goes in a circle or further`,
      );
    }
    const scope = scopeOf(request.account_id);
    const parentId = request.parent_execution_id;
    const numbered = (steps: readonly ChildStep[], name: string): ChainStep[] =>
      steps.map((step, index) => ({ ...step, execution_id: derivedExecutionId(parentId, `${name}.${index}`) }));
    const chain = await this.stored(scope, {
      _id: parentId,
      ...(request.contact_id !== undefined && { contact_id: request.contact_id }),
      ...(request.user_id !== undefined && { user_id: request.user_id }),
      input: request.input,
      steps: numbered(request.steps, 'steps'),
      on_success: numbered(request.on_success, 'on_success'),
      on_failure: numbered(request.on_failure, 'on_failure'),
      stop_on_failure: request.stop_on_failure,
      depth: request.depth,
      phase: 'steps',
      failed: false,
      traceparent: currentTraceparent() ?? '',
      expire_at: new Date(Date.now() + LIFETIME_MS),
    });
    const [first] = chain.steps;
    if (first !== undefined) await this.advance.queue(chain, first, 0);
    return chain.steps.map((step) => step.execution_id);
  }

  private async stored(
    scope: ReturnType<typeof scopeOf>,
    document: Parameters<ChainsRepository['insert']>[1],
  ): Promise<ChainRecord> {
    try {
      return await this.chains.insert(scope, document);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return this.chains.get(scope, document._id);
    }
  }
}
