import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { isProblem, scopeOf } from '#contracts';
import { logger, withTraceparent } from '#telemetry';
import { AcceptExecution } from '../accept-execution/accept-execution.service.js';
import type { ExecutionRecord } from '../domain/execution-record.js';
import { ChainsRepository, type ChainRecord, type ChainStep } from '../persistence/chains.repository.js';
import { ExecutionsRepository } from '../persistence/executions.repository.js';
import { HelpersRepository } from '../persistence/helpers.repository.js';
import { followingStep } from './following-step.js';

/** Queues the next step of a chain when one has ended. Ids are derived, so doing it again changes nothing. */
@Injectable()
export class AdvanceChain {
  constructor(
    private readonly chains: ChainsRepository,
    private readonly executions: ExecutionsRepository,
    private readonly helpers: HelpersRepository,
    private readonly modules: ModuleRef,
  ) {}

  /** @param ended steps that have just ended */
  async advance(ended: readonly { executionId: string }[]): Promise<void> {
    if (ended.length === 0) return;
    const records = await this.executions.byIds(ended.map((step) => step.executionId));
    for (const record of records) if (record.chain !== undefined) await this.afterStep(record);
  }

  /** Queues a step; one that cannot be queued ends the chain like a failed one. */
  async queue(chain: ChainRecord, step: ChainStep, index: number): Promise<void> {
    const scope = scopeOf(chain.account_id);
    const contactId = step.contact_id ?? chain.contact_id;
    const helper = await this.helpers.resolve(scope, step.helper_id);
    if (helper === null || !helper.enabled) {
      logger.warn(
        { account_id: chain.account_id, execution_id: chain._id, helper_id: step.helper_id },
        'a step of a chain is gone or disabled and is left out',
      );
      return this.goOn(chain, index, { failed: helper === null, endsChain: false });
    }
    const [parent] = await this.executions.byIds([chain._id]);
    const accept = this.modules.get(AcceptExecution, { strict: false });
    await withTraceparent(chain.traceparent, 'queue step of chain', () =>
      accept.accept({
        accountId: chain.account_id,
        helper: {
          id: helper._id,
          type: helper.helper_type,
          name: helper.name,
          ...(helper.connection_id !== undefined && { connectionId: helper.connection_id }),
          config: step.config ?? helper.config,
        },
        ...(contactId !== undefined && { contactId }),
        ...(chain.user_id !== undefined && { userId: chain.user_id }),
        input: chain.input,
        query: {},
        trigger: 'chain',
        executionId: step.execution_id,
        parentId: chain._id,
        chain: { chain_id: chain._id, index },
        depth: chain.depth,
        ...(parent?.lineage !== undefined && { lineage: [...parent.lineage, helper._id] }),
        ...(step.delay_seconds > 0 && { notBefore: new Date(Date.now() + step.delay_seconds * 1000) }),
      }),
    ).catch((error: unknown) => this.refused(chain, index, error));
  }

  private async afterStep(record: ExecutionRecord): Promise<void> {
    const position = record.chain;
    if (position === undefined) return;
    const chain = await this.chains.find(scopeOf(record.account_id), position.chain_id);
    if (chain === null || chain.phase === 'ended') return;
    await this.goOn(chain, position.index, {
      failed: record.status !== 'completed',
      endsChain: record.output?.['ends_chain'] === true,
    });
  }

  private async goOn(
    chain: ChainRecord,
    index: number,
    outcome: { failed: boolean; endsChain: boolean },
  ): Promise<void> {
    const next = followingStep(chain, index, outcome);
    const updated = await this.chains.update(scopeOf(chain.account_id), chain._id, {
      phase: next.phase,
      failed: next.failed,
    });
    if (next.step !== undefined) await this.queue(updated, next.step, next.index);
  }

  /** A limit of the plan ends the chain as failed; anything else is temporary and is tried again with the event. */
  private async refused(chain: ChainRecord, index: number, error: unknown): Promise<void> {
    if (!isProblem(error) || error.status >= 500) throw error;
    logger.warn({ err: error, execution_id: chain._id }, 'a step of a chain was refused');
    await this.goOn(chain, index, { failed: true, endsChain: false });
  }
}
