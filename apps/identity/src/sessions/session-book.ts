import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { newId } from '#contracts';
import { UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import type { Caller } from '../caller.js';
import { deviceLabel } from '../domain/device-label.js';
import { newRefreshToken, refreshTokenHash } from '../domain/refresh-token.js';
import { RefreshTokens } from '../persistence/refresh-tokens.repository.js';
import type { Session } from '../persistence/session.collection.js';
import { Sessions } from '../persistence/sessions.repository.js';
import { IDENTITY_SETTINGS, type IdentitySettings } from '../settings.js';

/** Where a sign-in came from, and what was shown (a password unless said). */
export interface SessionOrigin extends Caller {
  amr?: readonly string[];
}

export interface OpenedSession {
  session: Session;
  /** Given to the client once; only its hash is kept. */
  refreshToken: string;
}

/** Opens sessions and moves them on to their next refresh token. */
@Injectable()
export class SessionBook {
  constructor(
    private readonly sessions: Sessions,
    private readonly tokens: RefreshTokens,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    @Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings,
  ) {}

  /** A new session of a user who has just proved who they are. Joins the transaction of the caller, if there is one. */
  async open(userId: string, accountId: string, origin: SessionOrigin): Promise<OpenedSession> {
    return this.unitOfWork.run(async (transaction) => {
      const opened = await this.insert(userId, accountId, origin);
      await this.audit.record(transaction, {
        type: 'identity.session.opened',
        accountId,
        by: { kind: 'user', id: userId },
        ip: origin.ip,
        target: { kind: 'session', id: opened.session._id },
        data: { device: opened.session.device_label, shown: opened.session.amr },
      });
      return opened;
    });
  }

  private async insert(userId: string, accountId: string, origin: SessionOrigin): Promise<OpenedSession> {
    const { ip, userAgent, amr = ['pwd'] } = origin;
    const now = this.clock.now();
    const refreshToken = newRefreshToken();
    const session = await this.sessions.insert({
      _id: newId('ses'),
      user_id: userId,
      account_id: accountId,
      generation: 1,
      amr: [...amr],
      ip,
      user_agent: userAgent,
      device_label: deviceLabel(userAgent),
      last_used_at: now,
      idle_expires_at: this.idleEnd(now),
      absolute_expires_at: new Date(now.getTime() + this.settings.sessionMaxMs),
    });
    await this.store(refreshToken, session, 1);
    return { session, refreshToken };
  }

  /**
   * Makes `successor` the valid refresh token. Its hash is stored before the session moves on, so a crash in between
   * leaves a token that nobody has, and never a session whose client holds a token that is not known.
   * @returns the session afterwards; null when somebody else moved it on, or it has ended
   */
  async moveOn(
    session: Session,
    successor: string,
    { ip, userAgent }: Caller,
    accountId = session.account_id,
  ): Promise<Session | null> {
    const now = this.clock.now();
    await this.store(successor, session, session.generation + 1);
    return this.sessions.rotate(session._id, session.generation, {
      account_id: accountId,
      last_used_at: now,
      idle_expires_at: this.idleEnd(now),
      rotated_at: now,
      rotated_ip: ip,
      rotated_agent: userAgent,
    });
  }

  /** Makes a further token of the session's present generation good: for a second use within the grace time. */
  store(token: string, session: Session, generation = session.generation): Promise<void> {
    return this.tokens.put(refreshTokenHash(token), {
      session_id: session._id,
      generation,
      expires_at: session.absolute_expires_at,
    });
  }

  private idleEnd(now: Date): Date {
    return new Date(now.getTime() + this.settings.sessionIdleMs);
  }
}
