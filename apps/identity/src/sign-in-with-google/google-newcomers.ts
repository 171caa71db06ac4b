import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#persistence';
import type { Caller } from '../caller.js';
import { Clock } from '../clock.js';
import type { GooglePerson } from '../domain/google-person.js';
import { GoogleLinks } from '../google/google-links.js';
import { RegistrationThrottle } from '../register-user/registration-throttle.js';
import { Welcomes } from '../register-user/welcomes.js';
import { AccessTokens } from '../sessions/access-tokens.js';
import { SessionBook } from '../sessions/session-book.js';
import { NewOwners } from '../sign-up/new-owner.js';
import type { SignedIn } from '../views/signed-in-view.js';

/** Registers people who come from Google: as everybody, but with a confirmed address and without a password. */
@Injectable()
export class GoogleNewcomers {
  constructor(
    private readonly owners: NewOwners,
    private readonly links: GoogleLinks,
    private readonly welcomes: Welcomes,
    private readonly sessions: SessionBook,
    private readonly tokens: AccessTokens,
    private readonly throttle: RegistrationThrottle,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  register(person: GooglePerson, caller: Caller): Promise<SignedIn> {
    return this.throttle.count(caller, async () => {
      await this.tokens.prepare();
      const form = { email: person.email, name: person.name, emailVerifiedAt: this.clock.now() };
      const { user, account, role, extra } = await this.owners.create(form, (created) =>
        this.unitOfWork.run(async (session) => {
          await this.links.storeNew(session, created, person);
          await this.welcomes.send(created);
          return this.sessions.open(created._id, created.current_account_id, { ...caller, amr: ['google'] });
        }),
      );
      const access = await this.tokens.forSession(user, extra.session, role);
      return { access, refreshToken: extra.refreshToken, user, account };
    });
  }
}
