import { Injectable } from '@nestjs/common';
import { newId, questions, type RequestOf } from '#contracts';
import { Questions } from '#messaging';
import type { StopsWork } from '#service-defaults';
import { logger } from '#telemetry';

const EVERY_MS = 10_000;
const MOST_ACCOUNTS = 1_000;

type Report = RequestOf<typeof questions.recordApiRequests>;

/**
 * Tells billing how many requests each account has sent. A report keeps its id until it has arrived, so it counts once;
 * a gateway that dies takes the last seconds with it, which a figure for people to look at can bear.
 */
@Injectable()
export class RequestReport implements StopsWork {
  private counts = new Map<string, number>();
  private unsent: Report[] = [];
  private sending: Promise<void> | undefined;
  private readonly timer = setInterval(() => void this.send(), EVERY_MS).unref();

  constructor(private readonly ask: Questions) {}

  count(accountId: string): void {
    this.counts.set(accountId, (this.counts.get(accountId) ?? 0) + 1);
  }

  /** Sends what has been counted. What billing does not take now goes with the next report. */
  send(): Promise<void> {
    this.sending ??= this.sendAll().finally(() => (this.sending = undefined));
    return this.sending;
  }

  async stopWork(): Promise<void> {
    clearInterval(this.timer);
    await this.send();
  }

  private async sendAll(): Promise<void> {
    // While billing is away the counts grow, and not the list of reports.
    if (this.unsent.length === 0) this.collect();
    for (let report = this.unsent[0]; report !== undefined; report = this.unsent[0]) {
      try {
        await this.ask.ask(questions.recordApiRequests, report);
      } catch (error) {
        logger.warn({ err: error }, 'billing does not take the count of requests now');
        return;
      }
      this.unsent.shift();
    }
  }

  private collect(): void {
    const accounts = [...this.counts].map(([account_id, requests]) => ({ account_id, requests }));
    this.counts = new Map();
    for (let first = 0; first < accounts.length; first += MOST_ACCOUNTS) {
      this.unsent.push({ report_id: newId('evt'), accounts: accounts.slice(first, first + MOST_ACCOUNTS) });
    }
  }
}
