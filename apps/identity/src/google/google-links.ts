import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { events, Problem } from '#contracts';
import { Mailer } from '#mailer';
import { isDuplicateKey, Outbox, UnitOfWork } from '#persistence';
import type { Caller } from '../caller.js';
import { Clock } from '../clock.js';
import { deviceLabel } from '../domain/device-label.js';
import type { GooglePerson } from '../domain/google-person.js';
import { GoogleIdentities } from '../persistence/google-identities.repository.js';
import type { User } from '../persistence/user.collection.js';
import { Users } from '../persistence/users.repository.js';

export const alreadyLinked = (): Problem =>
  new Problem(
    409,
    'auth.google_already_linked',
    'This user signs in with another Google account, or it with another user',
  );

/** Ties people at Google to users here. */
@Injectable()
export class GoogleLinks {
  constructor(
    private readonly identities: GoogleIdentities,
    private readonly users: Users,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
  ) {}

  /** The user who signs in as this person. */
  async userOf({ subject }: GooglePerson): Promise<User | null> {
    const identity = await this.identities.find(subject);
    return identity === null ? null : this.users.find(identity.user_id);
  }

  /**
   * From now on the person signs in as the user, who has proved to be the same; linking again changes nothing.
   * @throws Problem 409 `auth.google_already_linked` when either is linked to another one
   */
  async link(user: User, person: GooglePerson, caller: Caller): Promise<void> {
    if ((await this.identities.find(person.subject))?.user_id === user._id) return;
    try {
      await this.unitOfWork.run(async (session) => {
        await this.store(session, user, person);
        if (person.email === user.email && user.email_verified_at === undefined) await this.verify(session, user);
        await this.tell(session, 'sign_in_method_added', user, caller);
      });
    } catch (error) {
      throw isDuplicateKey(error) ? alreadyLinked() : error;
    }
  }

  private async store(session: ClientSession, user: User, { subject, email }: GooglePerson): Promise<void> {
    await this.identities.insert({ _id: subject, user_id: user._id, email });
    await this.outbox.add(session, events.userSignInMethodAdded, {
      subject: user._id,
      data: { user_id: user._id, method: 'google', email },
    });
  }

  /** For somebody who comes into being with the link, the address confirmed. @throws DuplicateKey */
  async storeNew(session: ClientSession, user: User, person: GooglePerson): Promise<void> {
    await this.store(session, user, person);
    await this.tellVerified(session, user);
  }

  /** @param session the transaction that decides so. @returns whether anybody was linked */
  async unlink(session: ClientSession, user: User, caller: Caller): Promise<boolean> {
    if (!(await this.identities.unlink(user._id))) return false;
    await this.outbox.add(session, events.userSignInMethodRemoved, {
      subject: user._id,
      data: { user_id: user._id, method: 'google' },
    });
    await this.tell(session, 'sign_in_method_removed', user, caller);
    return true;
  }

  private async tell(
    session: ClientSession,
    template: 'sign_in_method_added' | 'sign_in_method_removed',
    user: User,
    { ip, userAgent }: Caller,
  ): Promise<void> {
    await this.mailer.request(session, {
      template,
      to: { address: user.email, name: user.name },
      userId: user._id,
      accountId: user.current_account_id,
      variables: { name: user.name, method: 'Google', at: this.clock.now(), device: deviceLabel(userAgent), ip },
    });
  }

  /** Google vouches for the address that the user gave. */
  private async verify(session: ClientSession, user: User): Promise<void> {
    if ((await this.users.verify(user._id, user.email, this.clock.now())) === null) return;
    await this.tellVerified(session, user);
  }

  private async tellVerified(session: ClientSession, { _id, email }: User): Promise<void> {
    await this.outbox.add(session, events.userVerified, { subject: _id, data: { user_id: _id, email } });
  }
}
