import { unavailable } from '#contracts';
import { logger } from '#telemetry';
import type { AccessTokenClaims } from './access-token-claims.js';
import type { RaisedVersion, RevocationSource, Revocations } from './sources.js';

const FIRST_ANSWER_MS = 2000;
/** Failed questions in a row; fewer are usual while services start beside each other. */
const WORTH_A_WARNING = 5;
/** Overlap between two questions: what was being written while the last one was answered is asked for again. */
const OVERLAP_MS = 5000;

export interface RevocationListOptions {
  /** Time between two questions. */
  everyMs?: number;
  /** How long requests are still served from an old list while the owner does not answer. */
  graceMs?: number;
  /** A whole list is asked for after this many questions, so that what no longer matters is forgotten. */
  wholeEvery?: number;
  now?: () => number;
}

/**
 * Sessions, users, API keys and grants whose tokens are refused before they expire. Asks their owner every second, so that a
 * sign-out takes effect everywhere within two seconds.
 */
export class RevocationList {
  private sessions: ReadonlySet<string> = new Set();
  private users: ReadonlyMap<string, RaisedVersion> = new Map();
  private keys: ReadonlySet<string> = new Set();
  private grants: ReadonlySet<string> = new Set();
  private since: string | undefined;
  private answeredAt: number | undefined;
  private asked = 0;
  private failures = 0;
  private timer: NodeJS.Timeout | undefined;
  private asking: Promise<void> | undefined;
  private readonly everyMs: number;
  private readonly graceMs: number;
  private readonly wholeEvery: number;
  private readonly now: () => number;

  constructor(
    private readonly source: RevocationSource,
    { everyMs = 1000, graceMs = 30_000, wholeEvery = 300, now = Date.now }: RevocationListOptions = {},
  ) {
    this.everyMs = everyMs;
    this.graceMs = graceMs;
    this.wholeEvery = wholeEvery;
    this.now = now;
  }

  start(): void {
    this.timer ??= setInterval(() => void this.refresh(), this.everyMs).unref();
    void this.refresh();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** Whether the list is young enough to decide by. */
  isCurrent(): boolean {
    return this.answeredAt !== undefined && this.now() - this.answeredAt <= this.graceMs;
  }

  /** @throws Problem 503 when no list can be had */
  async becomeCurrent(): Promise<void> {
    if (this.isCurrent()) return;
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, FIRST_ANSWER_MS);
    });
    await Promise.race([this.refresh(), limit]);
    clearTimeout(timer);
    if (!this.isCurrent()) throw unavailable('The session service');
  }

  isRevoked(claims: Pick<AccessTokenClaims, 'sid' | 'user_id' | 'ver' | 'key' | 'grant'>): boolean {
    if (claims.sid !== undefined && this.sessions.has(claims.sid)) return true;
    if (claims.key !== undefined && this.keys.has(claims.key)) return true;
    if (claims.grant !== undefined && this.grants.has(claims.grant)) return true;
    const raised = this.users.get(claims.user_id);
    if (raised === undefined || claims.ver >= raised.ver) return false;
    return claims.sid === undefined || claims.sid !== raised.except_sid;
  }

  /** Asks the owner now; at most one question is under way. Never rejects: an old list stays in use. */
  refresh(): Promise<void> {
    this.asking ??= this.ask().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  private async ask(): Promise<void> {
    const whole = this.asked % this.wholeEvery === 0;
    const askedAt = this.now();
    try {
      this.take(await this.source.revocations(whole ? undefined : this.since), whole);
      this.asked += 1;
      this.answeredAt = askedAt;
      if (this.failures >= WORTH_A_WARNING) logger.info('revocations are answered again');
      this.failures = 0;
    } catch (error) {
      this.failures += 1;
      if (this.failures === WORTH_A_WARNING) logger.warn({ err: error }, 'revocations are not answered');
    }
  }

  private take(answer: Revocations, whole: boolean): void {
    const sessions = answer.sessions.map(({ sid }) => sid);
    const keys = answer.api_keys.map(({ key_id }) => key_id);
    const grants = answer.grants.map(({ grant_id }) => grant_id);
    const users = answer.users.map((raised) => [raised.user_id, raised] as const);
    this.sessions = new Set(whole ? sessions : [...this.sessions, ...sessions]);
    this.keys = new Set(whole ? keys : [...this.keys, ...keys]);
    this.grants = new Set(whole ? grants : [...this.grants, ...grants]);
    this.users = new Map(whole ? users : [...this.users, ...users]);
    this.since = new Date(Date.parse(answer.now) - OVERLAP_MS).toISOString();
  }
}
