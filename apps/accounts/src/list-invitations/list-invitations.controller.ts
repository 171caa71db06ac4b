import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Authenticated } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { OfPath, OnAccountOfPath, type AccountOfPath } from '../access/account-access.guard.js';
import { ExpiredInvitations } from '../expire-invitations/expired-invitations.js';
import { People } from '../people/people.js';
import { INVITATION_STATUSES } from '../persistence/invitation.collection.js';
import { Invitations } from '../persistence/invitations.repository.js';
import { InvitationView, invitationView } from '../views/invitation-view.js';

const ListQuery = z.strictObject({
  status: z.enum(INVITATION_STATUSES, { error: `status must be one of ${INVITATION_STATUSES.join(', ')}` }).optional(),
});

@Controller('accounts')
export class ListInvitationsController {
  constructor(
    private readonly invitations: Invitations,
    private readonly expired: ExpiredInvitations,
    private readonly people: People,
  ) {}

  @Get(':account_id/invitations')
  @Authenticated()
  @OnAccountOfPath('manage', 'team')
  @Envelope('Invitations retrieved')
  @Api({
    summary: 'The newest 500 invitations of an account',
    answer: z.object({ invitations: z.array(InvitationView), total_count: z.number().int() }),
    errors: ['accounts.not_found', 'account.permission_denied'],
    invalidStatus: 422,
  })
  async list(@OfPath() { scope }: AccountOfPath, @Query({ schema: ListQuery }) { status }: z.infer<typeof ListQuery>) {
    await this.expired.expireOf(scope);
    const found = await this.invitations.ofAccount(scope, status);
    const people = await this.people.byId(found.map(({ inviter_id }) => inviter_id));
    const invitations = found.map((invitation) => invitationView(invitation, people));
    return { invitations, total_count: invitations.length };
  }
}
