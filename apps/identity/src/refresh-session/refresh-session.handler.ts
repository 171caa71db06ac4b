import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Problem } from '#contracts';
import { Clock } from '../clock.js';
import type { Caller } from '../caller.js';
import { decideRefresh, type RefreshDecision } from '../domain/refresh-decision.js';
import { isRefreshToken, refreshTokenHash, successorOf } from '../domain/refresh-token.js';
import type { RefreshToken } from '../persistence/refresh-token.collection.js';
import { RefreshTokens } from '../persistence/refresh-tokens.repository.js';
import type { Session } from '../persistence/session.collection.js';
import { Sessions } from '../persistence/sessions.repository.js';
import { Users } from '../persistence/users.repository.js';
import { AccessTokens } from '../sessions/access-tokens.js';
import { DerivationKey } from '../sessions/derivation-key.js';
import { EndedSessions } from '../sessions/ended-sessions.js';
import { Memberships } from '../sessions/memberships.js';
import { SessionBook } from '../sessions/session-book.js';
import { Throttle } from '../throttling/throttle.js';
import { RefreshSession, type RefreshedSession } from './refresh-session.command.js';

const TEXT = 'Invalid or expired refresh token';
const invalid = (): Problem => new Problem(401, 'auth.invalid_refresh_token', TEXT);
const reused = (): Problem => new Problem(401, 'auth.refresh_reused', TEXT);

/** A use of a refresh token that was issued here. */
interface Use {
  token: RefreshToken;
  raw: string;
  caller: Caller;
}

@CommandHandler(RefreshSession)
export class RefreshSessionHandler implements ICommandHandler<RefreshSession> {
  constructor(
    private readonly refreshTokens: RefreshTokens,
    private readonly sessions: Sessions,
    private readonly book: SessionBook,
    private readonly ended: EndedSessions,
    private readonly users: Users,
    private readonly memberships: Memberships,
    private readonly accessTokens: AccessTokens,
    private readonly derivationKey: DerivationKey,
    private readonly throttle: Throttle,
    private readonly clock: Clock,
  ) {}

  async execute({ refreshToken, caller }: RefreshSession): Promise<RefreshedSession> {
    const token = isRefreshToken(refreshToken) ? await this.refreshTokens.find(refreshTokenHash(refreshToken)) : null;
    if (token === null) throw invalid();
    const use = { token, raw: refreshToken, caller };
    const session = await this.sessionOf(use);
    const user = await this.users.find(session.user_id);
    if (user === null) throw invalid();
    // Asked before anything is used up: if accounts is away, the client keeps a token that works.
    const { role } = await this.memberships.roleIn(user._id, session.account_id);
    const { session: refreshed, successor } = await this.succeed(use, session);
    return { access: await this.accessTokens.forSession(user, refreshed, role), refreshToken: successor };
  }

  /** The session of the token, if this use of it is in order. */
  private async sessionOf(use: Use): Promise<Session> {
    const session = await this.sessions.find(use.token.session_id);
    if (session === null) throw invalid();
    await this.decide(use, session);
    return session;
  }

  private async decide({ token, caller }: Use, session: Session): Promise<RefreshDecision> {
    const decision = decideRefresh(session, { generation: token.generation, now: this.clock.now(), ...caller });
    if (decision === 'expired') throw invalid();
    if (decision === 'reused') {
      await this.ended.endStolen(session, caller);
      throw reused();
    }
    return decision;
  }

  /** Gives the one successor of the token, whether this use or a simultaneous one made it. */
  private async succeed(use: Use, session: Session): Promise<{ session: Session; successor: string }> {
    const successor = successorOf(use.raw, await this.derivationKey.get());
    if (use.token.generation === session.generation) {
      const moved = await this.rotate(use, session, successor);
      if (moved !== null) return { session: moved, successor };
    }
    const now = await this.sessions.find(session._id);
    if (now === null || (await this.decide(use, now)) !== 'repeat') throw invalid();
    await this.book.store(successor, now);
    return { session: now, successor };
  }

  /** Parallel uses of one token count once against the limit: only one of them makes a new token. */
  private async rotate({ token, caller }: Use, session: Session, successor: string): Promise<Session | null> {
    await this.throttle.take({
      limit: 'refreshPerSession',
      of: session._id,
      id: String(token.generation),
      text: 'Too many refreshes of this session, try again later',
    });
    return this.book.moveOn(session, successor, caller);
  }
}
