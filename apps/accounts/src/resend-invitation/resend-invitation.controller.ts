import { Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { OfPath, OnAccountOfPath, type AccountOfPath } from '../access/account-access.guard.js';
import { People } from '../people/people.js';
import { InvitationView, invitationView } from '../views/invitation-view.js';
import { ResendInvitation } from './resend-invitation.command.js';

@Controller('accounts')
export class ResendInvitationController {
  constructor(
    private readonly commands: CommandBus,
    private readonly people: People,
  ) {}

  @Post(':account_id/invitations/:invitation_id/resend')
  @Authenticated()
  @OnAccountOfPath('manage', 'team')
  @Envelope('Invitation sent again')
  @Api({
    summary: 'Mail an invitation again, with a new link',
    answer: InvitationView,
    errors: [
      'accounts.not_found',
      'invitations.not_found',
      'account.permission_denied',
      'invitations.transition_not_allowed',
      'generic.rate_limited',
    ],
  })
  async resend(
    @Ctx() { actor }: RequestContext,
    @OfPath() { scope }: AccountOfPath,
    @Param('invitation_id', { schema: z.string() }) invitationId: string,
  ) {
    const invitation = await this.commands.execute(new ResendInvitation(scope, actor.userId, invitationId));
    return invitationView(invitation, await this.people.byId([invitation.inviter_id]));
  }
}
