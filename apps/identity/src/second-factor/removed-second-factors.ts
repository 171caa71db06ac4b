import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#persistence';
import type { Caller } from '../caller.js';
import { Clock } from '../clock.js';
import { SecondFactors } from '../persistence/second-factors.repository.js';
import { Users } from '../persistence/users.repository.js';
import { userNotFound } from '../session-actor.js';
import { EndedSessions } from '../sessions/ended-sessions.js';
import { mfaNotEnabled } from './second-factor-fields.js';
import { SecondFactorNews } from './second-factor-news.js';

/** Who takes a second factor away: its user in a session, or an operator (undefined). */
export type Remover = { sessionId: string; caller: Caller } | undefined;

/** Takes second factors away. Whoever signed in with less than is asked for from now on has to sign in again. */
@Injectable()
export class RemovedSecondFactors {
  constructor(
    private readonly factors: SecondFactors,
    private readonly users: Users,
    private readonly ended: EndedSessions,
    private readonly news: SecondFactorNews,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * All tokens become void, except those of the session in which it happens.
   * @returns how many sessions ended
   * @throws Problem 409 `auth.mfa_not_enabled`
   */
  remove(userId: string, by: Remover): Promise<number> {
    return this.unitOfWork.run(async (session) => {
      if (!(await this.factors.remove(userId))) throw mfaNotEnabled();
      const except = by === undefined ? {} : { except: by.sessionId };
      const user = await this.users.raiseAuthVersion(userId, this.clock.now(), except);
      if (user === null) throw userNotFound();
      await this.news.tell(session, {
        user,
        change: by === undefined ? 'reset' : 'disabled',
        ...(by !== undefined && { caller: by.caller }),
      });
      const version = by === undefined ? { version: user.auth_version } : {};
      return this.ended.endAll(userId, 'second_factor_removed', { ...except, ...version });
    });
  }
}
