import { logger } from '#telemetry';

/** Work that is looked for again and again, one round after the other; a round may be asked for at once. */
export class RepeatedWork {
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #stopping = false;
  #failing = false;

  /** @param round does what is due and says whether there may be more */
  constructor(
    private readonly what: string,
    private readonly everyMs: number,
    private readonly round: () => Promise<boolean>,
  ) {}

  start(): void {
    this.#timer = setInterval(() => this.wake(), this.everyMs);
    this.#timer.unref();
  }

  wake(): void {
    if (this.#stopping || this.#running !== undefined) return;
    this.#running = this.#rounds().finally(() => (this.#running = undefined));
  }

  /** Ends after the round under way. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  /** Never rejects: what failed is tried in the next round, and reported once. */
  async #rounds(): Promise<void> {
    try {
      while (!this.#stopping && (await this.round()));
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) logger.warn({ err: error }, `${this.what} failed, it goes on with the next round`);
      this.#failing = true;
    }
  }
}
