import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { events, type SessionEndReason } from '#contracts';
import { Mailer } from '#mailer';
import { Outbox, UnitOfWork } from '#persistence';
import { logger } from '#telemetry';
import type { ClientSession } from 'mongoose';
import type { Caller } from '../caller.js';
import { Clock } from '../clock.js';
import { EndedGrants } from '../link-apps/ended-grants.js';
import { deviceLabel } from '../domain/device-label.js';
import type { Session } from '../persistence/session.collection.js';
import { Sessions } from '../persistence/sessions.repository.js';
import type { User } from '../persistence/user.collection.js';
import { Users } from '../persistence/users.repository.js';

/** Ends sessions and tells everybody who keeps something open for them. */
@Injectable()
export class EndedSessions {
  constructor(
    private readonly sessions: Sessions,
    private readonly users: Users,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly mailer: Mailer,
    private readonly grants: EndedGrants,
    private readonly clock: Clock,
  ) {}

  /** Ends one session of a user. @returns false when it had ended before */
  end(userId: string, sessionId: string, reason: SessionEndReason): Promise<boolean> {
    return this.unitOfWork.run(async (transaction) => {
      const ended = await this.sessions.end(sessionId, reason, this.clock.now());
      if (ended) await this.tell(transaction, userId, [sessionId], reason);
      return ended;
    });
  }

  /**
   * Ends all sessions of a user, or all others. Who may have known the password may have linked an app, so a changed
   * password unlinks them, as signing out everywhere does. Joins the transaction of the caller.
   * @returns how many ended
   */
  endAll(
    userId: string,
    reason: SessionEndReason,
    { except, version }: { except?: string; version?: number } = {},
  ): Promise<number> {
    return this.unitOfWork.run(async (transaction) => {
      const ended = await this.sessions.endAll(userId, reason, this.clock.now(), except);
      if (reason === 'password_changed' || reason === 'logout_all') await this.grants.endAll(userId, reason);
      if (ended.length > 0 || version !== undefined) await this.tell(transaction, userId, ended, reason, version);
      return ended.length;
    });
  }

  /** A refresh token was used twice: whoever has it, nobody may go on with this sign-in. The user is told. */
  async endStolen(session: Session, caller: Caller): Promise<void> {
    const ended = await this.unitOfWork.run(async (transaction) => {
      if (!(await this.end(session.user_id, session._id, 'refresh_reused'))) return false;
      await this.audit.record(transaction, {
        type: 'identity.session.refresh_reused',
        accountId: session.account_id,
        by: { kind: 'user', id: session.user_id },
        target: { kind: 'session', id: session._id },
        data: { device: session.device_label },
      });
      const user = await this.users.find(session.user_id);
      if (user !== null) await this.warn(transaction, user, caller);
      return true;
    });
    if (ended) logger.warn({ user_id: session.user_id, session_id: session._id }, 'auth.refresh_reuse: session ended');
  }

  private async warn(transaction: ClientSession, user: User, { ip, userAgent }: Caller): Promise<void> {
    await this.mailer.request(transaction, {
      template: 'sessions_revoked',
      to: { address: user.email, name: user.name },
      userId: user._id,
      accountId: user.current_account_id,
      variables: { name: user.name, at: this.clock.now(), device: deviceLabel(userAgent), ip },
    });
  }

  private async tell(
    transaction: ClientSession,
    userId: string,
    sessionIds: string[],
    reason: SessionEndReason,
    version?: number,
  ): Promise<void> {
    await this.outbox.add(transaction, events.userSessionRevoked, {
      subject: userId,
      data: {
        user_id: userId,
        session_ids: sessionIds,
        reason,
        ...(version !== undefined && { ver: version }),
      },
    });
  }
}
