import type { TimelineEntry } from '#contracts';
import type { ObservedCall, ObservedWait } from '#connectors';
import type { EffectIntent } from '#helpers';
import type { JournalObserver } from '../effect-journal/execution-journal.js';

/** Longest text of one value in a timeline, in characters. */
const LONGEST_VALUE = 1024;
/** Entries kept of one run; what happened in between is counted. */
const MOST_CALLS = 60;

const cut = (value: unknown): unknown =>
  typeof value === 'string' && value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value;

/** What happened in one run, for the execution's timeline. */
export class RunTimeline implements JournalObserver {
  private entries: TimelineEntry[] = [];
  private calls = 0;
  private readonly effectsSeen = new Set<string>();

  constructor(private readonly attempt: number) {}

  /** Whether anything outside was touched or asked. */
  get hasBegun(): boolean {
    return this.calls > 0 || this.effectsSeen.size > 0;
  }

  add(type: TimelineEntry['type'], message: string, data: Record<string, unknown> = {}, at = new Date()): void {
    const safe = Object.fromEntries(Object.entries(data).map(([key, value]) => [key, cut(value)]));
    this.entries.push({ at: at.toISOString(), type, attempt: this.attempt, message: String(cut(message)), data: safe });
  }

  call({ operation, target, status, ms }: ObservedCall): void {
    this.calls += 1;
    if (this.calls <= MOST_CALLS)
      this.add('call', `${operation} answered ${status === 0 ? 'nothing' : status}`, { operation, target, status, ms });
  }

  /** A pause inside the run: too short to hand the job back for. */
  pause({ reason, until }: ObservedWait): void {
    const waiting = reason === 'rate_limit' ? 'rate_limit' : 'retry';
    this.add('waiting', 'Paused within the run', { reason: waiting, until: until.toISOString() });
  }

  effect(intent: EffectIntent, reused: boolean): void {
    this.effectsSeen.add(intent.step);
    this.add('effect', intent.summary, {
      step: intent.step,
      kind: intent.kind,
      target: intent.target,
      summary: intent.summary,
      reused,
    });
  }

  inDoubt(intent: EffectIntent): void {
    this.add('effect_in_doubt', intent.summary, { step: intent.step, policy: intent.onDoubt });
  }

  /** Takes what has been noted since the last call. */
  take(): TimelineEntry[] {
    const taken = this.entries;
    this.entries = [];
    return taken;
  }
}
