import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Problem } from '#contracts';
import { Clock } from '../clock.js';
import { newRefreshToken } from '../domain/refresh-token.js';
import type { Session } from '../persistence/session.collection.js';
import { Sessions } from '../persistence/sessions.repository.js';
import { Users } from '../persistence/users.repository.js';
import { AccessTokens } from '../sessions/access-tokens.js';
import { SessionBook, type OpenedSession } from '../sessions/session-book.js';
import { userNotFound } from '../session-actor.js';
import { SwitchSession, type SwitchedSession } from './switch-session.command.js';

/** A refresh in another tab may move the session on at the same moment; hardly twice, never this often. */
const MOST_TRIES = 5;

const ended = (): Problem => new Problem(401, 'auth.invalid_token', 'Authentication required');

@CommandHandler(SwitchSession)
export class SwitchSessionHandler implements ICommandHandler<SwitchSession> {
  constructor(
    private readonly users: Users,
    private readonly sessions: Sessions,
    private readonly book: SessionBook,
    private readonly tokens: AccessTokens,
    private readonly clock: Clock,
  ) {}

  /** The new account also becomes that of the next sign-in. */
  async execute({ to }: SwitchSession): Promise<SwitchedSession> {
    await this.tokens.prepare();
    const { session, refreshToken } = await this.moveOn(to);
    const user = await this.users.change(to.user_id, { current_account_id: to.account_id });
    if (user === null) throw userNotFound();
    return { access: await this.tokens.forSession(user, session, to.role), refreshToken };
  }

  private async moveOn(to: SwitchSession['to']): Promise<OpenedSession> {
    const caller = { ip: to.ip, userAgent: to.user_agent };
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const refreshToken = newRefreshToken();
      const before = await this.living(to.session_id, to.user_id);
      const session = await this.book.moveOn(before, refreshToken, caller, to.account_id);
      if (session !== null) return { session, refreshToken };
    }
    throw new Error('The session is being refreshed all the time');
  }

  private async living(sessionId: string, userId: string): Promise<Session> {
    const session = await this.sessions.find(sessionId);
    if (session === null || session.user_id !== userId || session.revoked_at !== undefined) throw ended();
    if (session.absolute_expires_at <= this.clock.now()) throw ended();
    return session;
  }
}
