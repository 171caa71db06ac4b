/**
 * The sandbox tells of a limit as Ontraport does but sets it so high that it never binds: what happens at a limit is
 * tried with planned faults.
 */
const PER_MINUTE = 10_000_000;
const WINDOW_SECONDS = 60;

/** Counts the account's requests in minutes and writes the `X-Rate-Limit-*` headers, which every answer carries. */
export class RateHeaders {
  #minute = 0;
  #used = 0;

  next(): Record<string, string> {
    const second = Math.floor(Date.now() / 1000);
    const minute = Math.floor(second / WINDOW_SECONDS);
    if (minute !== this.#minute) this.#used = 0;
    this.#minute = minute;
    this.#used += 1;
    return {
      'X-Rate-Limit-Limit': String(PER_MINUTE),
      'X-Rate-Limit-Remaining': String(PER_MINUTE - this.#used),
      'X-Rate-Limit-Reset': String(WINDOW_SECONDS - (second % WINDOW_SECONDS)),
    };
  }
}
