/** Somebody who shares a scope's calls. Instants are epoch milliseconds. */
export interface Party {
  /** Rises with every call it gets; whoever has the lowest is next. */
  turn: number;
  /** Calls that were told to come back, from `due` on and until `until` at the latest. */
  waiting: number;
  due: number;
  until: number;
  /** Calls it got in its last period, as long as the scope's longest rolling window, and in the one before. */
  period: number;
  calls: number;
  earlier: number;
  seen: number;
}
export type Parties = Readonly<Record<string, Party>>;

export interface Turns {
  parties: Parties;
  /** Fair time: where a party begins that has not been seen lately. */
  turn: number;
}

/** What there is to share at an instant. */
export interface Room {
  /** How many calls can be made now. */
  free: number;
  /** The longest rolling window. */
  limit: { calls: number; ms: number };
  now: number;
}

/** One party's calls that want to be made now. */
export interface Ask {
  party: string;
  count: number;
}

/** How the calls of one party come out: so many at once, the others at these places of the queue (from 0). */
export interface Share {
  party: string;
  granted: number;
  places: number[];
}

/** How long a party is waited for that was told to come back and does not. */
const GRACE_MS = 1_500;
/** Who comes back a little early finds its place kept. */
const EARLY_MS = 20;
/** Part of a window that those who have had their share leave to the others, while there are any. */
const RESERVED = 0.1;
/** How long a party that has made no calls still counts as one of the others. */
const REMEMBERED_MS = 10 * 60_000;
const MOST_PARTIES = 100;
const MOST_PLACES = 500;

interface Candidate {
  turn: number;
  left: number;
  /** Calls that it must leave to others. */
  leaves: number;
  due: number;
  /** Absent for those who wait elsewhere. */
  share?: Share;
}

/**
 * Shares calls out by turns: whoever has had fewer goes first. A party that was told to come back is remembered until
 * then, so that another one with thousands of calls cannot take what is meant for it: of n parties that wait, each gets
 * one of every n calls. A tenth of the window is left to parties that have had less than half of their share of it, so
 * that somebody with few calls need not wait for the window at all.
 */
export function sharesOf({ parties, turn }: Turns, asks: readonly Ask[], room: Room): Share[] {
  const { free, now } = room;
  const shares = asks.map(({ party }): Share => ({ party, granted: 0, places: [] }));
  const candidate = (party: string, left: number, share?: Share): Candidate => ({
    turn: Math.max(turn, parties[party]?.turn ?? 0),
    left,
    leaves: leftToOthers(parties, party, room),
    due: parties[party]?.due ?? 0,
    ...(share !== undefined && { share }),
  });
  const asking = new Set(asks.map(({ party }) => party));
  const ours = asks.map(({ party, count }, index) => candidate(party, count, shares[index]));
  const others = Object.entries(parties)
    .filter(([party, { waiting, until }]) => waiting > 0 && until > now && !asking.has(party))
    .map(([party, { waiting }]) => candidate(party, waiting));

  let place = 0;
  const present = [...ours, ...others.filter(({ due }) => due <= now + EARLY_MS)];
  for (const { share } of inTurn(present, free, free)) {
    if (share !== undefined) share.granted += 1;
    place += 1;
  }
  for (const { share, leaves } of inTurn([...ours, ...others], MOST_PLACES)) {
    share?.places.push(place + leaves);
    place += 1;
  }
  for (const { share, left, leaves } of ours) {
    share?.places.push(...Array.from({ length: left }, () => place + leaves));
  }
  return shares;
}

/** The next turns of those who have calls left and, where only `free` calls are there, may take one of them. */
function* inTurn(candidates: readonly Candidate[], turns: number, free?: number): Generator<Candidate> {
  let waiting = [...candidates];
  for (let given = 0; given < turns; given += 1) {
    waiting = waiting.filter(({ left, leaves }) => left > 0 && (free === undefined || leaves < free - given));
    const [first, ...rest] = waiting;
    if (first === undefined) return;
    const next = rest.reduce((lowest, candidate) => (candidate.turn < lowest.turn ? candidate : lowest), first);
    next.turn += 1;
    next.left -= 1;
    yield next;
  }
}

function leftToOthers(parties: Parties, party: string, { limit, now }: Room): number {
  const others = Object.entries(parties).filter(([name, { seen }]) => name !== party && seen > now - REMEMBERED_MS);
  if (others.length === 0 || limit.ms === 0) return 0;
  const { calls, earlier } = callsOf(parties[party], periodAt(limit.ms, now));
  return Math.max(calls, earlier) < limit.calls / (others.length + 1) / 2 ? 0 : Math.floor(limit.calls * RESERVED);
}

const periodAt = (ms: number, now: number): number => (ms === 0 ? 0 : Math.floor(now / ms));

/** What it got in the period that is under way, and in the one before. */
function callsOf(party: Party | undefined, period: number): { calls: number; earlier: number } {
  if (party?.period === period) return party;
  return { calls: 0, earlier: party?.period === period - 1 ? party.calls : 0 };
}

/** What came of an ask; `dueAt` and `lastAt` are the instants of its first and last place. */
export interface Settled extends Share {
  dueAt?: number;
  lastAt?: number;
}

/** The turns after shares were given: who was served has a later one, who was not is waited for. */
export function afterShares({ parties, turn }: Turns, shares: readonly Settled[], { limit, now }: Room): Turns {
  const period = periodAt(limit.ms, now);
  const next = new Map(Object.entries(parties).map(([party, known]) => [party, stillWaiting(known, now)]));
  let passed = turn;
  for (const { party, granted, places, dueAt, lastAt } of shares) {
    const known = next.get(party) ?? { turn, waiting: 0, due: 0, until: 0, period, calls: 0, earlier: 0, seen: now };
    const { calls, earlier } = callsOf(known, period);
    const start = Math.max(turn, known.turn);
    if (granted > 0) passed = Math.max(passed, start + granted - 1);
    next.set(party, {
      turn: start + granted,
      waiting: Math.max(places.length, known.waiting - granted),
      due: dueAt ?? known.due,
      until: lastAt === undefined ? known.until : Math.max(known.until, lastAt + GRACE_MS),
      period,
      calls: calls + granted,
      earlier,
      seen: now,
    });
  }
  // Fair time does not pass by those who wait.
  const behind = [...next.values()].filter(({ waiting }) => waiting > 0).map((party) => Math.max(turn, party.turn));
  const reached = Math.min(passed, ...behind);
  const kept = [...next].filter(([, { waiting, seen }]) => waiting > 0 || seen > now - REMEMBERED_MS);
  const latest = kept.toSorted(([, a], [, b]) => b.waiting - a.waiting || b.seen - a.seen).slice(0, MOST_PARTIES);
  return { parties: Object.fromEntries(latest), turn: reached };
}

const stillWaiting = (party: Party, now: number): Party => (party.until > now ? party : { ...party, waiting: 0 });
