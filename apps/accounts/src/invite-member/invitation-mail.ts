import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { Mailer } from '#mailer';
import { nameOf, type Person } from '../people/people.js';
import type { AccountRecord } from '../persistence/account.collection.js';
import type { Invitation } from '../persistence/invitation.collection.js';

/** The mail with the link; nobody else gets the token. */
@Injectable()
export class InvitationMail {
  constructor(private readonly mailer: Mailer) {}

  async request(
    session: ClientSession,
    {
      account,
      inviter,
      ...invited
    }: Pick<Invitation, 'email' | 'role' | 'user_id' | 'expires_at'> & {
      account: AccountRecord;
      inviter: Person | undefined;
      token: string;
    },
  ): Promise<void> {
    await this.mailer.request(session, {
      template: 'team_invite',
      to: { address: invited.email },
      accountId: account._id,
      userId: invited.user_id,
      variables: {
        inviter_name: nameOf(inviter),
        ...(inviter !== undefined && { inviter_email: inviter.email }),
        account_name: account.name,
        role: invited.role,
        token: invited.token,
        expires_at: invited.expires_at,
      },
      usefulUntil: invited.expires_at,
    });
  }
}
