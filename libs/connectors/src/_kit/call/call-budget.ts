import type { HttpResponse } from '#http';
import type { RateBudget, RateScope } from '../budget/rate-budget.js';
import { reportedWindows } from '../budget/reported-windows.js';
import { guardMs } from '../budget/window-counts.js';
import type { Clock } from './clock.js';
import type { ConnectorRun, Refusal, VendorCall } from './vendor-call.js';

export interface CallBudgetParts {
  budget: RateBudget | undefined;
  /** Everybody who shares a limit with this connection. */
  scopes: readonly RateScope[];
  /** Among whom budgets are shared that are not this account's alone. */
  connection: string;
  clock: Clock;
}

/** Calls that were taken from a scope, and as of when they are counted. */
interface Taken {
  readonly scope: RateScope;
  at: number;
}

export type CallTaken = { ok: true; taken: readonly Taken[] } | { ok: false; until: number; message: string };

/** A pause of the whole connection. */
const EVERYTHING = '';
/** A vendor that thinks for long is not late: beyond this an answer says nothing about the way there. */
const MOST_DELAY_MS = 2_000;
/** How often a call that is not answered yet is looked at. */
const LOOK_MS = 250;
/** A process that was held up this long asks again before it calls. */
const STALE_MS = 400;
/** Calls later than this part of what their window allows for are counted anew. */
const LATE_SHARE = 0.6;

const UNUSUAL_CALLS = 10;

/** What one connection's calls need before they are made, and what their answers say about the next ones. */
export class CallBudget {
  readonly #pauses = new Map<string, number>();
  readonly #usual = new UsualTime();

  constructor(private readonly parts: CallBudgetParts) {}

  /** Every scope must grant; what others granted before one refused is given back. */
  async take(call: VendorCall<unknown>, run: ConnectorRun): Promise<CallTaken> {
    for (;;) {
      const result = await this.#takeAll(call, run);
      const now = this.parts.clock.now().getTime();
      if (!result.ok || !result.taken.some(({ at }) => now - at > STALE_MS)) return result;
      this.#giveBack(result.taken);
    }
  }

  async #takeAll(call: VendorCall<unknown>, run: ConnectorRun): Promise<CallTaken> {
    const { budget, connection } = this.parts;
    const taken: Taken[] = [];
    if (budget === undefined) return { ok: true, taken };
    for (const scope of this.#scopesOf(call)) {
      const pending = budget.take(scope, 1, scope.shared === true ? connection : run.party);
      const answer = pending instanceof Promise ? await pending : pending;
      if (!answer.ok) {
        this.#giveBack(taken);
        return { ok: false, until: answer.retryAt.getTime(), message: 'The request budget is used up' };
      }
      taken.push({ scope, at: answer.at });
    }
    return { ok: true, taken };
  }

  /** When the pause ends that concerns this call; undefined when none does. */
  pausedUntil(call: VendorCall<unknown>): number | undefined {
    const now = this.parts.clock.now().getTime();
    const ends = [EVERYTHING, call.budget ?? EVERYTHING].map((name) => this.#pauses.get(name) ?? 0);
    const until = Math.max(...ends);
    return until > now ? until : undefined;
  }

  /**
   * The call is being made. While it is not answered it may still be on its way, so it counts anew from time to time.
   * @returns to be told of the end
   */
  underWay(taken: readonly Taken[], sentAt: number): (response: HttpResponse | undefined) => void {
    if (taken.length === 0) return () => undefined;
    const startedAt = performance.now();
    const look = (): void => this.#date(taken, sentAt, performance.now() - startedAt - this.#usual.ms);
    const looking = setInterval(look, LOOK_MS);
    looking.unref();
    return (response) => {
      clearInterval(looking);
      const roundTripMs = performance.now() - startedAt;
      this.#date(taken, sentAt, this.#usual.beyond(roundTripMs));
      if (response !== undefined) this.#report(taken, response);
    };
  }

  /** A call that took long to get there counts from then on. */
  #date(taken: readonly Taken[], sentAt: number, slowMs: number): void {
    const reached = sentAt + Math.round(Math.min(MOST_DELAY_MS, Math.max(0, slowMs)));
    for (const each of taken) {
      const guard = Math.min(...each.scope.windows.map(guardMs).filter((ms) => ms > 0));
      if (reached - each.at <= LATE_SHARE * guard) continue;
      this.parts.budget?.delayed(each.scope, each.at, reached);
      each.at = reached;
    }
  }

  #report(taken: readonly Taken[], response: HttpResponse): void {
    const now = this.parts.clock.now().getTime();
    for (const { scope } of taken) {
      const reports = reportedWindows(scope, response, now);
      if (reports.length > 0) this.parts.budget?.report(scope, reports);
    }
  }

  #giveBack(taken: readonly Taken[]): void {
    for (const { scope, at } of taken) this.parts.budget?.giveBack(scope, at, 1);
  }

  /** How long the vendor wants silence: as it says, else as long as the shortest window that concerns the call. */
  pauseMs(refusal: Refusal, call: VendorCall<unknown>, response: HttpResponse): number | undefined {
    if (refusal.retryAfterMs !== undefined) return refusal.retryAfterMs;
    const now = this.parts.clock.now().getTime();
    const scopes = this.#refusing(refusal, call);
    const ends = scopes.flatMap((scope) =>
      reportedWindows(scope, response, now)
        .filter(({ remaining }) => remaining < 1)
        .flatMap(({ resetsAt }) => resetsAt ?? []),
    );
    if (ends.length > 0) return Math.max(...ends) - now;
    const lengths = scopes.flatMap(({ windows }) => windows.filter(({ resets }) => resets === undefined));
    return lengths.length === 0 ? undefined : Math.min(...lengths.map(({ ms }) => ms));
  }

  /** Silences everybody who shares what the vendor refused for; other customers only when it says so. */
  pause(forMs: number, refusal: Refusal, call: VendorCall<unknown>): void {
    const until = this.parts.clock.now().getTime() + forMs;
    const name = this.#isOnlyFor(refusal.budget) ? (refusal.budget ?? EVERYTHING) : EVERYTHING;
    this.#pauses.set(name, Math.max(this.#pauses.get(name) ?? 0, until));
    for (const scope of this.#refusing(refusal, call)) this.parts.budget?.pause(scope, new Date(until));
  }

  #refusing({ budget }: Refusal, call: VendorCall<unknown>): RateScope[] {
    const scopes = this.#scopesOf(call);
    const named = scopes.filter(({ name }) => name === budget);
    return named.length > 0 ? named : scopes.filter(({ shared }) => shared !== true);
  }

  #isOnlyFor(name: string | undefined): boolean {
    return name !== undefined && this.parts.scopes.some((scope) => scope.name === name && scope.only === true);
  }

  #scopesOf(call: VendorCall<unknown>): RateScope[] {
    return this.parts.scopes.filter(({ only, name }) => only !== true || name === call.budget);
  }
}

/** How long this vendor takes at best. The first calls of a process may all be slow: they say nothing about that yet. */
class UsualTime {
  #calls = 0;
  #fastestMs = Number.POSITIVE_INFINITY;

  get ms(): number {
    return this.#calls < UNUSUAL_CALLS ? 0 : this.#fastestMs;
  }

  /** By how much a call took longer. */
  beyond(ms: number): number {
    this.#calls += 1;
    this.#fastestMs = Math.min(this.#fastestMs, ms);
    return ms - this.ms;
  }
}
