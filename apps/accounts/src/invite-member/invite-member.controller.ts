import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { membershipStatusOnWire } from '#contracts';
import { Api, Envelope } from '#service-defaults';
import { OfPath, OnAccountOfPath, type AccountOfPath } from '../access/account-access.guard.js';
import { GivenRole, InvitedEmail } from '../domain/team-fields.js';
import { InviteMember } from './invite-member.command.js';

const InviteMemberBody = z
  .object({ email: InvitedEmail, role: GivenRole.default('member') })
  .meta({ id: 'InviteMember' });

const Invited = z
  .object({ user_id: z.string(), email: z.string(), role: z.string(), status: z.string() })
  .meta({ id: 'InvitedMember' });

@Controller('accounts')
export class InviteMemberController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':account_id/team')
  @Authenticated()
  @OnAccountOfPath('manage', 'team')
  @Envelope('Invitation sent')
  @Api({
    summary: 'Invite somebody to an account',
    answer: Invited,
    status: 201,
    errors: [
      'accounts.not_found',
      'account.permission_denied',
      'account.role_above_own',
      'account.already_member',
      'account.invitation_already_exists',
      'billing.limit_reached',
      'generic.rate_limited',
    ],
  })
  async invite(
    @Ctx() { actor }: RequestContext,
    @OfPath() { scope, role }: AccountOfPath,
    @Body({ schema: InviteMemberBody }) body: z.infer<typeof InviteMemberBody>,
  ) {
    const invitation = await this.commands.execute(new InviteMember(scope, { userId: actor.userId, role }, body));
    return {
      user_id: invitation.user_id,
      email: invitation.email,
      role: invitation.role,
      status: membershipStatusOnWire('invited', invitation.role),
    };
  }
}
