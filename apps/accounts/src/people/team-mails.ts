import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import type { Role } from '#contracts';
import { Mailer } from '#mailer';
import type { AccountRecord } from '../persistence/account.collection.js';
import { nameOf, type Person } from './people.js';

interface TeamChange {
  change: 'joined' | 'removed' | 'role_changed';
  account: AccountRecord;
  role: Role;
  /** Whose place it is. */
  member: Person;
  /** Who is told; nobody, if identity does not know the user. */
  to: Person | undefined;
}

/** Tells people what became of their, or their colleagues', places. */
@Injectable()
export class TeamMails {
  constructor(private readonly mailer: Mailer) {}

  async tell(session: ClientSession, { change, account, role, member, to }: TeamChange): Promise<void> {
    if (to === undefined) return;
    await this.mailer.request(session, {
      template: 'team_changed',
      to: { address: to.email, name: to.name },
      accountId: account._id,
      userId: to.user_id,
      variables: {
        name: to.name,
        change,
        member_name: nameOf(member),
        you: to.user_id === member.user_id,
        account_name: account.name,
        role,
      },
    });
  }
}
