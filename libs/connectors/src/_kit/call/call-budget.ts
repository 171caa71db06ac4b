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

/** Calls that were taken from a scope as of an instant. */
interface Taken {
  scope: RateScope;
  at: number;
}

export type CallTaken = { ok: true; taken: readonly Taken[] } | { ok: false; until: number; message: string };

/** A pause of the whole connection. */
const EVERYTHING = '';
/** A vendor that thinks for long is not late: beyond this an answer says nothing about the way there. */
const MOST_DELAY_MS = 500;
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
    const { budget, connection } = this.parts;
    const taken: Taken[] = [];
    if (budget === undefined) return { ok: true, taken };
    for (const scope of this.#scopesOf(call)) {
      const pending = budget.take(scope, 1, scope.shared === true ? connection : run.party);
      const answer = pending instanceof Promise ? await pending : pending;
      if (!answer.ok) {
        for (const { scope: granted, at } of taken) budget.giveBack(granted, at, 1);
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

  /** The call was made: one that took long to get there counts from then on, and the vendor may have said what is left. */
  made(taken: readonly Taken[], sentAt: number, roundTripMs: number, response: HttpResponse | undefined): void {
    const { budget, clock } = this.parts;
    if (budget === undefined) return;
    const slow = Math.min(MOST_DELAY_MS, this.#usual.beyond(roundTripMs));
    for (const { scope, at } of taken) {
      const late = sentAt - at + slow;
      if (late > LATE_SHARE * Math.min(...scope.windows.map(guardMs).filter((ms) => ms > 0))) {
        budget.delayed(scope, at, at + late);
      }
      if (response !== undefined) {
        const reports = reportedWindows(scope, response, clock.now().getTime());
        if (reports.length > 0) budget.report(scope, reports);
      }
    }
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

  /** By how much a call took longer. */
  beyond(ms: number): number {
    this.#calls += 1;
    this.#fastestMs = Math.min(this.#fastestMs, ms);
    return this.#calls < UNUSUAL_CALLS ? ms : ms - this.#fastestMs;
  }
}
