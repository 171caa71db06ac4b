import { Injectable } from '@nestjs/common';
import { Mailer } from '#mailer';
import { UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import { deviceLabel } from '../domain/device-label.js';
import { isKnownPlace } from '../domain/known-place.js';
import { Sessions } from '../persistence/sessions.repository.js';
import type { User } from '../persistence/user.collection.js';
import { SessionBook, type OpenedSession, type SessionOrigin } from '../sessions/session-book.js';

/** Opens the session of a sign-in, and tells the user by mail when it comes from a device or network not seen before. */
@Injectable()
export class NoticedSignIns {
  constructor(
    private readonly sessions: Sessions,
    private readonly book: SessionBook,
    private readonly mailer: Mailer,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async open(user: User, accountId: string, origin: SessionOrigin): Promise<OpenedSession> {
    if (isKnownPlace(await this.sessions.placesOf(user._id), origin)) {
      return this.book.open(user._id, accountId, origin);
    }
    return this.unitOfWork.run(async (session) => {
      const opened = await this.book.open(user._id, accountId, origin);
      await this.mailer.request(session, {
        template: 'login_notification',
        to: { address: user.email, name: user.name },
        userId: user._id,
        variables: { name: user.name, at: this.clock.now(), device: deviceLabel(origin.userAgent), ip: origin.ip },
      });
      return opened;
    });
  }
}
