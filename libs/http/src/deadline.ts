import { HttpFailure } from './http-failure.js';

/** One clock for everything a request does: its own time limit and the caller's signal, whichever comes first. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #outer: AbortSignal | undefined;
  #failure: HttpFailure | undefined;

  constructor(timeoutMs: number, outer: AbortSignal | undefined) {
    this.#outer = outer;
    this.#timer = setTimeout(() => this.#end('timeout', `No complete answer within ${timeoutMs} ms`), timeoutMs);
    if (outer?.aborted === true) this.#onOuterAbort();
    else outer?.addEventListener('abort', this.#onOuterAbort, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Set once the time is up or the caller has given up. */
  get failure(): HttpFailure | undefined {
    return this.#failure;
  }

  /**
   * Waits for `work`, but not beyond the deadline: a queued request is not told about an abort before it is sent.
   * @param discard releases what `work` still brings after the deadline
   */
  async within<T>(work: Promise<T>, discard: (late: T) => void): Promise<T> {
    const { promise: ended, reject } = Promise.withResolvers<never>();
    const onEnd = () => reject(this.#failure);
    if (this.signal.aborted) onEnd();
    else this.signal.addEventListener('abort', onEnd, { once: true });
    try {
      return await Promise.race([work, ended]);
    } catch (error) {
      if (error === this.#failure) {
        // The late failure has the same cause as the one thrown here.
        work.then(discard, () => undefined);
      }
      throw error;
    } finally {
      this.signal.removeEventListener('abort', onEnd);
    }
  }

  /** Frees timer and listener; to be called however the request ended. */
  release(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener('abort', this.#onOuterAbort);
  }

  readonly #onOuterAbort = () => this.#end('aborted', 'The caller ended the request');

  #end(kind: 'timeout' | 'aborted', message: string): void {
    this.#failure = new HttpFailure(kind, message, true);
    this.#controller.abort(this.#failure);
  }
}
