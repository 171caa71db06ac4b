import { setTimeout as delay } from 'node:timers/promises';

/** One webhook to be sent. */
export interface HookDelivery {
  url: string;
  /** Made anew for each attempt, because some vendors sign the time of sending. */
  message: () => { headers: Record<string, string>; body: string };
  /** Pauses before each attempt, in the vendor's own time. */
  pausesMs: readonly number[];
  /** What the vendor does when the receiver says that it is gone, or when all attempts failed. */
  gone?: () => void;
  failed?: () => void;
  answered?: (answer: { status: number; headers: Headers }) => void;
}

const PATIENCE_MS = 10_000;

/** Sends webhooks in the background, with the pauses of each vendor made shorter by a factor. */
export class HookSender {
  readonly #stopping = new AbortController();
  readonly #underway = new Set<Promise<void>>();

  /** @param speed how many times faster than the vendor */
  constructor(
    private readonly speed: number,
    private readonly onError: (error: unknown) => void,
  ) {}

  send(delivery: HookDelivery): void {
    if (this.#stopping.signal.aborted) return;
    const sending = this.#attempts(delivery)
      .catch((error: unknown) => {
        if (!this.#stopping.signal.aborted) this.onError(error);
      })
      .finally(() => this.#underway.delete(sending));
    this.#underway.add(sending);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#underway);
  }

  async #attempts(delivery: HookDelivery): Promise<void> {
    const { signal } = this.#stopping;
    for (const pause of delivery.pausesMs) {
      if (pause > 0) await delay(pause / this.speed, undefined, { signal });
      const status = await this.#once(delivery);
      if (status === 410) return delivery.gone?.();
      if (status >= 200 && status < 400) return;
    }
    delivery.failed?.();
  }

  /** @returns the status of the answer, 0 without one */
  async #once({ url, message, answered }: HookDelivery): Promise<number> {
    const { headers, body } = message();
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(PATIENCE_MS)]);
    try {
      const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
      await answer.arrayBuffer();
      answered?.(answer);
      return answer.status;
    } catch (error) {
      if (this.#stopping.signal.aborted) throw error;
      // The receiver is away: that is what the further attempts are for.
      return 0;
    }
  }
}
