import type { ServerResponse } from 'node:http';
import type { EffectLog, LoggedEffect } from '../effects/effect-log.js';
import type { CrmStore } from '../store/crm-store.js';
import { effectItem } from './effect-view.js';

/** Who is further behind is told how many were left out: a page that was away for long need not catch up with all. */
const MOST_AT_ONCE = 50;
/** Entries that come together are sent together. */
const GATHER_MS = 50;
const HEARTBEAT_MS = 15_000;

/** Where a reader is: `<epoch>.<seq>`. */
export interface Cursor {
  epoch: string;
  seq: number;
}

export function readCursor(text: string | undefined): Cursor | undefined {
  const [epoch = '', seq = ''] = text?.split('.') ?? [];
  return epoch !== '' && /^\d+$/.test(seq) ? { epoch, seq: Number(seq) } : undefined;
}

/** The effects as server-sent events, each with the markup of its entry and a cursor to go on from. */
export class EffectStreams {
  readonly #open = new Set<() => void>();

  constructor(
    private readonly effects: EffectLog,
    private readonly store: () => CrmStore,
  ) {}

  /** Serves one reader until it leaves; without a cursor it gets what comes from now on. */
  serve(response: ServerResponse, cursor: Cursor | undefined, contactId?: string): void {
    const { effects } = this;
    let at: Cursor = cursor ?? { epoch: effects.epoch, seq: effects.last };
    let waiting: NodeJS.Timeout | undefined;
    let full = false;
    const write = (event: string, data: unknown): void => {
      full = !response.write(`id: ${at.epoch}.${at.seq}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    };
    const flush = (): void => {
      waiting = undefined;
      if (at.epoch !== effects.epoch) {
        at = { epoch: effects.epoch, seq: effects.start };
        write('cleared', {});
      }
      const { missed, newest } = this.#since(at.seq, contactId);
      if (missed > 0) write('skipped', { count: missed });
      for (const effect of newest) {
        at.seq = effect.seq;
        write('effect', { seq: effect.seq, contact_id: effect.contact_id, html: effectItem(effect, this.store()) });
      }
      at.seq = effects.last;
    };
    const soon = (): void => {
      if (!full) waiting ??= setTimeout(flush, GATHER_MS);
    };
    const forget = effects.watch(soon);
    response.on('drain', () => {
      full = false;
      soon();
    });
    const heartbeat = setInterval(() => response.write(': here\n\n'), HEARTBEAT_MS);
    const leave = (): void => {
      forget();
      clearTimeout(waiting);
      clearInterval(heartbeat);
      this.#open.delete(leave);
      response.end();
    };
    this.#open.add(leave);
    response.on('close', leave);
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
    response.write('retry: 1000\n\n');
    flush();
  }

  #since(seq: number, contactId: string | undefined): { missed: number; newest: LoggedEffect[] } {
    const { effects } = this;
    // Numbers have no gaps: what is left out of the whole log can be counted without being looked at.
    const after = contactId === undefined ? Math.max(seq, effects.last - MOST_AT_ONCE) : seq;
    const found = effects.find({ after, contactId, limit: Number.POSITIVE_INFINITY }).effects;
    const newest = found.slice(-MOST_AT_ONCE);
    return { missed: after - seq + found.length - newest.length, newest };
  }

  /** Ends all of them, so that the server can stop. */
  end(): void {
    for (const leave of this.#open) leave();
  }
}
