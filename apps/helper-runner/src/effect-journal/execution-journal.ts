import { jetstreamManager, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { z } from 'zod';
import { subjects } from '#contracts';
import { HelperFailure, type EffectCheck, type EffectIntent, type EffectJournal } from '#helpers';
import { isConnectorError } from '#connectors';
import { failPoint, isMissing, isWrongLastSequence, publishJson } from '#messaging';

const Entry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('value'), value: z.unknown() }),
  z.object({ kind: z.literal('intent'), at: z.string() }),
  z.object({ kind: z.literal('result'), value: z.unknown() }),
  /** The effect did not happen; it may be tried again. */
  z.object({ kind: z.literal('cleared') }),
]);
type Entry = z.infer<typeof Entry>;

interface StoredEntry {
  entry: Entry;
  revision: number;
}

/** What the timeline learns about effects. */
export interface JournalObserver {
  effect(intent: EffectIntent, reused: boolean): void;
  inDoubt(intent: EffectIntent): void;
}

/**
 * The effect journal of one execution, one message a step in the EFFECTS stream. Every entry is written with the
 * revision it replaces, so of two deliveries that work at once only one gets past an intent.
 */
export class ExecutionJournal implements EffectJournal {
  private manager: Promise<JetStreamManager> | undefined;

  /** @param journalId the execution, or the one it replays: they share what has been done */
  constructor(
    private readonly connection: NatsConnection,
    private readonly jetstream: JetStreamClient,
    private readonly journalId: string,
    private readonly observer: JournalObserver,
    /** A first delivery can have no entries: it writes without reading before. */
    private readonly fresh: boolean,
  ) {}

  async remember<T>(step: string, compute: () => Promise<T>): Promise<T> {
    const stored = this.fresh ? null : await this.read(step);
    if (stored?.entry.kind === 'value') return stored.entry.value as T;
    const value = await compute();
    if ((await this.write(step, { kind: 'value', value }, stored?.revision ?? 0)) !== null) return value;
    const other = await this.read(step);
    if (other?.entry.kind === 'value') return other.entry.value as T;
    throw new HelperFailure('effect_conflict', 'retry', 'Another delivery is working on this execution.');
  }

  async effect<T>(
    intent: EffectIntent,
    work: (idempotencyKey: string) => Promise<T>,
    check?: EffectCheck<T>,
  ): Promise<T> {
    const begun = await this.begin(intent, check);
    if ('result' in begun) {
      this.observer.effect(intent, true);
      return begun.result as T;
    }
    failPoint('runner.before-effect');
    const value = await work(`${this.journalId}.${intent.step}`).catch(async (error: unknown) => {
      if (didNotHappen(error)) await this.write(intent.step, { kind: 'cleared' }, begun.revision);
      throw error;
    });
    failPoint('runner.after-effect');
    await this.write(intent.step, { kind: 'result', value: value ?? null }, begun.revision);
    this.observer.effect(intent, false);
    return value;
  }

  /** Writes the intent, or finds what an earlier delivery left. */
  private async begin(
    intent: EffectIntent,
    check?: EffectCheck<unknown>,
  ): Promise<{ revision: number } | { result: unknown }> {
    const entry: Entry = { kind: 'intent', at: new Date().toISOString() };
    const first = await this.write(intent.step, entry, 0);
    if (first !== null) return { revision: first };
    const stored = await this.read(intent.step);
    if (stored === null) return this.begin(intent, check);
    if (stored.entry.kind === 'result') return { result: stored.entry.value };
    if (stored.entry.kind === 'intent') {
      const found = await check?.(new Date(stored.entry.at));
      if (found) {
        await this.write(intent.step, { kind: 'result', value: found.result ?? null }, stored.revision);
        return found;
      }
      // Somebody looked and it is not there: it may be done now.
      if (check === undefined && this.decideDoubt(intent) === 'skip') return { result: null };
    }
    const again = await this.write(intent.step, entry, stored.revision);
    if (again === null)
      throw new HelperFailure('effect_conflict', 'retry', 'Another delivery is working on this execution.');
    return { revision: again };
  }

  private decideDoubt(intent: EffectIntent): 'repeat' | 'skip' {
    this.observer.inDoubt(intent);
    if (intent.onDoubt !== 'ask') return intent.onDoubt;
    throw new HelperFailure(
      'effect_in_doubt',
      'give_up',
      `${intent.summary}: an earlier attempt was interrupted and nobody knows whether this happened. Look, then replay.`,
    );
  }

  private async write(step: string, entry: Entry, revision: number): Promise<number | null> {
    try {
      const subject = subjects.effect(this.journalId, step);
      return (await publishJson(this.jetstream, subject, entry, { expect: { lastSubjectSequence: revision } })).seq;
    } catch (error) {
      if (isWrongLastSequence(error)) return null;
      throw new HelperFailure('journal_unavailable', 'retry', 'The effect journal is not available.', { cause: error });
    }
  }

  private async read(step: string): Promise<StoredEntry | null> {
    this.manager ??= jetstreamManager(this.connection, { checkAPI: false });
    const manager = await this.manager;
    try {
      const message = await manager.streams.getMessage(subjects.stream('EFFECTS'), {
        last_by_subj: subjects.effect(this.journalId, step),
      });
      return message === null ? null : { entry: Entry.parse(message.json()), revision: message.seq };
    } catch (error) {
      if (isMissing(error)) return null;
      throw new HelperFailure('journal_unavailable', 'retry', 'The effect journal is not available.', { cause: error });
    }
  }
}

/** Whether the failure itself says that the other side did nothing. */
function didNotHappen(error: unknown): boolean {
  if (isConnectorError(error)) return error.outcome !== 'unknown';
  if (!(error instanceof HelperFailure)) return false;
  return error.nothingDone || ['blocked_url', 'connection_refused', 'state_store_error'].includes(error.code);
}
