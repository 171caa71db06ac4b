import { Injectable } from '@nestjs/common';
import { turnKeyOf, type ExecutionRecord } from '../domain/execution-record.js';
import { ExecutionsRepository } from '../persistence/executions.repository.js';
import { madeBy } from './made-by.js';
import type { TriggerMatch } from './trigger-matches.repository.js';
import type { TriggerRecord } from './trigger.repository.js';

/** Vendors tell of a change this much later at most. */
const TOLD_WITHIN_MS = 60 * 60 * 1000;
/** Runs of the same helper that are looked through for a contact they may have made. */
const MOST_RUNS = 20;

export interface Origin {
  /** Executions that may have made the change, but have not ended: what they did is not known yet. */
  undecided: string[];
  /** Helpers whose runs led to the change, the first one first; empty when somebody else made it. */
  lineage: string[];
}

/** Finds out whether a change of a contact was made by our own executions. */
@Injectable()
export class OwnChanges {
  constructor(private readonly executions: ExecutionsRepository) {}

  async originOf(match: TriggerMatch, trigger: TriggerRecord): Promise<Origin> {
    const runs = await this.candidates(match, trigger);
    const before = runs.filter(({ created_at: at }) => at <= match.heard_at);
    const maker = before
      .toSorted((a, b) => (b.lineage?.length ?? 0) - (a.lineage?.length ?? 0))
      .find((run) => madeBy(run, match.change, trigger));
    const undecided = maker === undefined ? before.filter(({ open }) => open === true).map(({ _id }) => _id) : [];
    return { undecided, lineage: maker === undefined ? [] : (maker.lineage ?? [maker.helper_id]) };
  }

  private async candidates(match: TriggerMatch, trigger: TriggerRecord): Promise<ExecutionRecord[]> {
    const { account_id, connection_id, contact_id, change } = match.change;
    const turnKey = turnKeyOf({ account_id, connection_id, contact_id });
    const since = new Date(match.heard_at.getTime() - TOLD_WITHIN_MS);
    const runs = turnKey === undefined ? [] : await this.executions.mayHaveChanged(turnKey, since);
    if (match.suspects.length > 0) runs.push(...(await this.executions.byIds(match.suspects)));
    // A contact that was made is not the one for which the helper ran.
    if (change === 'contact_created') {
      runs.push(...(await this.executions.latestOfHelper(account_id, trigger.helper_id, MOST_RUNS)));
    }
    return runs;
  }
}
