import type { RunClock } from '#helpers';

/** Time that passes only when a helper waits. */
export class VirtualClock implements RunClock {
  readonly #start: number;
  #elapsed = 0;

  constructor(start: string) {
    this.#start = Date.parse(start);
    if (Number.isNaN(this.#start)) throw new Error(`"${start}" is no instant`);
  }

  get elapsedMs(): number {
    return this.#elapsed;
  }

  now(): Date {
    return new Date(this.#start + this.#elapsed);
  }

  sleep(milliseconds: number): Promise<void> {
    this.#elapsed += milliseconds;
    return Promise.resolve();
  }
}
