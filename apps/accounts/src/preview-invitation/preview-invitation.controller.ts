import { Controller, Get, Param } from '@nestjs/common';
import { z } from 'zod';
import { Public } from '#auth';
import { scopeOf } from '#contracts';
import { Api, Envelope } from '#service-defaults';
import { OfferedInvitations } from '../accept-invitation/offered-invitation.js';
import { maskedEmail } from '../domain/masked-email.js';
import { nameOf, People } from '../people/people.js';
import { Accounts } from '../persistence/accounts.repository.js';

const InvitationPreview = z
  .object({
    account_name: z.string(),
    inviter_name: z.string(),
    role: z.string(),
    email_masked: z.string(),
    expires_at: z.iso.datetime(),
  })
  .meta({ id: 'InvitationPreview' });

@Controller('invitations')
export class PreviewInvitationController {
  constructor(
    private readonly offered: OfferedInvitations,
    private readonly accounts: Accounts,
    private readonly people: People,
  ) {}

  @Get(':token')
  @Public()
  @Envelope('Invitation retrieved')
  @Api({
    summary: 'What an invitation offers, for whoever has the link',
    answer: InvitationPreview,
    errors: ['invitations.not_found', 'invitations.expired', 'invitations.revoked', 'invitations.already_accepted'],
  })
  async preview(@Param('token', { schema: z.string() }) token: string) {
    const invitation = await this.offered.open(token);
    const [account, people] = await Promise.all([
      this.accounts.own(scopeOf(invitation.account_id)),
      this.people.byId([invitation.inviter_id]),
    ]);
    return {
      account_name: account.name,
      inviter_name: nameOf(people.get(invitation.inviter_id)),
      role: invitation.role,
      email_masked: maskedEmail(invitation.email),
      expires_at: invitation.expires_at.toISOString(),
    };
  }
}
