import { Injectable } from '@nestjs/common';
import { logger } from '#telemetry';
import { HelpersRepository } from '../persistence/helpers.repository.js';
import type { ProjectedEvent } from './execution-changes.js';

/** Counts gather for this long: the number beside a helper may be late by it, and one write serves many groups. */
const GATHER_MS = 250;

interface Count {
  count: number;
  last: Date;
}

/** Adds completed executions to the number that each helper shows. */
@Injectable()
export class ExecutionCounts {
  private waiting = new Map<string, Count>();
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly helpers: HelpersRepository) {}

  add(ended: readonly ProjectedEvent[]): void {
    for (const { completed, helperId, at } of ended) if (completed) this.count(helperId, { count: 1, last: at });
    this.flushSoon();
  }

  /** Writes what has gathered; resolves when it was tried. */
  async writeNow(): Promise<void> {
    this.flush();
    await this.writing;
  }

  private count(helperId: string, { count, last }: Count): void {
    const known = this.waiting.get(helperId);
    if (known === undefined) this.waiting.set(helperId, { count, last });
    else this.waiting.set(helperId, { count: known.count + count, last: known.last > last ? known.last : last });
  }

  private flushSoon(): void {
    if (this.waiting.size > 0) this.timer ??= setTimeout(() => this.flush(), GATHER_MS).unref();
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const counts = this.waiting;
    this.waiting = new Map();
    this.writing = this.writing.then(() => this.write(counts));
  }

  private async write(counts: ReadonlyMap<string, Count>): Promise<void> {
    try {
      await this.helpers.countExecutions([...counts].map(([helperId, count]) => ({ helperId, ...count })));
    } catch (error) {
      logger.warn({ err: error, helpers: counts.size }, 'executions not counted yet');
      for (const [helperId, count] of counts) this.count(helperId, count);
      this.flushSoon();
    }
  }
}
