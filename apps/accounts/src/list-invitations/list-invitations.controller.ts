import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Authenticated } from '#auth';
import { PageInfo } from '#contracts';
import { defineList, listFields, Lists, splitListQuery } from '#persistence';
import { Api, Envelope } from '#service-defaults';
import { OfPath, OnAccountOfPath, type AccountOfPath } from '../access/account-access.guard.js';
import { ExpiredInvitations } from '../expire-invitations/expired-invitations.js';
import { People } from '../people/people.js';
import { INVITATION_STATUSES, type Invitation } from '../persistence/invitation.collection.js';
import { Invitations } from '../persistence/invitations.repository.js';
import { InvitationView, invitationView } from '../views/invitation-view.js';

const INVITATIONS = defineList<Invitation>({
  name: 'invitations',
  orders: { created_at: ['created_at'], expires_at: ['expires_at'], email: ['email'] },
  defaultOrder: '-created_at',
  size: 200,
  total: 'always',
});

const ListQuery = z.strictObject({
  ...listFields(INVITATIONS),
  status: z.enum(INVITATION_STATUSES, { error: `status must be one of ${INVITATION_STATUSES.join(', ')}` }).optional(),
});

@Controller('accounts')
export class ListInvitationsController {
  constructor(
    private readonly invitations: Invitations,
    private readonly expired: ExpiredInvitations,
    private readonly people: People,
    private readonly lists: Lists,
  ) {}

  @Get(':account_id/invitations')
  @Authenticated()
  @OnAccountOfPath('manage', 'team')
  @Envelope('Invitations retrieved')
  @Api({
    summary: 'The invitations of an account, the newest first',
    answer: z.object({ invitations: z.array(InvitationView), total_count: z.number().int(), page_info: PageInfo }),
    errors: ['accounts.not_found', 'account.permission_denied'],
    invalidStatus: 422,
  })
  async list(@OfPath() { scope }: AccountOfPath, @Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>) {
    await this.expired.expireOf(scope);
    const { request, filter } = splitListQuery(query);
    const where = filter.status === undefined ? {} : { status: filter.status };
    const { items, page_info } = await this.lists.page(INVITATIONS, { scope, where, request, from: this.invitations });
    const people = await this.people.byId(items.map(({ inviter_id }) => inviter_id));
    const invitations = items.map((invitation) => invitationView(invitation, people));
    return { invitations, total_count: page_info.total ?? items.length, page_info };
  }
}
