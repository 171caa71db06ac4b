import { GroupedWriter } from '#persistence';
import type { RequestCounts } from './request-count.repository.js';

/** Where somebody stands in a window. */
export interface Standing {
  granted: boolean;
  limit: number;
  remaining: number;
  /** Seconds until the window ends and the count begins anew. */
  resetS: number;
}

export interface WindowOptions {
  /** Part of the stored ids: `minute`. */
  name: string;
  seconds: number;
  limit: number;
}

interface Ask {
  subject: string;
  at: number;
}

const KEPT_LONGER_MS = 60_000;

/**
 * A limit of requests in windows of a fixed length. Requests that arrive while counts are being written are counted
 * together, one write for each sender, so a flood costs the database little. Exactly `limit` requests pass in a window,
 * however many gateways count.
 */
export class RequestWindow {
  private readonly writer: GroupedWriter<Ask, number>;

  constructor(
    private readonly counts: Pick<RequestCounts, 'add'>,
    private readonly options: WindowOptions,
  ) {
    this.writer = new GroupedWriter({ flush: (asks) => this.count(asks) });
  }

  /** Counts one request of `subject`. @param at milliseconds since 1970 */
  async take(subject: string, at: number): Promise<Standing> {
    const { limit } = this.options;
    const position = await this.writer.add({ subject, at });
    return {
      granted: position <= limit,
      limit,
      remaining: Math.max(limit - position, 0),
      resetS: Math.max(Math.ceil((this.endOf(at) - at) / 1000), 1),
    };
  }

  private endOf(at: number): number {
    const length = this.options.seconds * 1000;
    return (Math.floor(at / length) + 1) * length;
  }

  /** The position of each request in its window. */
  private async count(asks: readonly Ask[]): Promise<number[]> {
    const groups = new Map<string, { end: number; indexes: number[] }>();
    for (const [index, { subject, at }] of asks.entries()) {
      const end = this.endOf(at);
      const id = `${subject}|${this.options.name}|${end}`;
      const group = groups.get(id) ?? { end, indexes: [] };
      group.indexes.push(index);
      groups.set(id, group);
    }
    const positions = asks.map(() => 0);
    await Promise.all(
      [...groups].map(async ([id, { end, indexes }]) => {
        const after = await this.counts.add(id, indexes.length, new Date(end + KEPT_LONGER_MS));
        for (const [nth, index] of indexes.entries()) positions[index] = after - indexes.length + nth + 1;
      }),
    );
    return positions;
  }
}
