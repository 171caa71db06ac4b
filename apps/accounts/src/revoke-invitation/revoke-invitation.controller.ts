import { Controller, Delete, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { OfPath, OnAccountOfPath, type AccountOfPath } from '../access/account-access.guard.js';
import { People } from '../people/people.js';
import { InvitationView, invitationView } from '../views/invitation-view.js';
import { RevokeInvitation } from './revoke-invitation.command.js';

@Controller('accounts')
export class RevokeInvitationController {
  constructor(
    private readonly commands: CommandBus,
    private readonly people: People,
  ) {}

  @Delete(':account_id/invitations/:invitation_id')
  @Authenticated()
  @OnAccountOfPath('manage', 'team')
  @Envelope('Invitation revoked')
  @Api({
    summary: 'Take an invitation back',
    answer: InvitationView,
    errors: [
      'accounts.not_found',
      'invitations.not_found',
      'account.permission_denied',
      'invitations.transition_not_allowed',
    ],
  })
  async revoke(
    @Ctx() { actor }: RequestContext,
    @OfPath() { scope }: AccountOfPath,
    @Param('invitation_id', { schema: z.string() }) invitationId: string,
  ) {
    const invitation = await this.commands.execute(new RevokeInvitation(scope, actor.userId, invitationId));
    return invitationView(invitation, await this.people.byId([invitation.inviter_id]));
  }
}
