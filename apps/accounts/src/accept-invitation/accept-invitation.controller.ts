import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { OptionalCtx, OptionallyAuthenticated, type RequestContext } from '#auth';
import { Account, Problem, UserProfile } from '#contracts';
import { answerWith, Api } from '#service-defaults';
import { From, type Caller } from '../caller.js';
import { AcceptInvitation } from './accept-invitation.command.js';

const LONGEST_NAME = 200;
const LONGEST_PASSWORD = 1_024;

const googleText = (name: string, longest: number) =>
  z.string().trim().min(1, `${name} is required`).max(longest, `${name} is too long`);

const AcceptInvitationBody = z
  .strictObject({
    token: z.string({ error: 'token is required' }).min(1, 'token is required').max(200, 'token is too long'),
    name: z.string().trim().min(1, 'name is required').max(LONGEST_NAME, 'name is too long').optional(),
    password: z.string().min(1, 'password is required').max(LONGEST_PASSWORD, 'password is too long').optional(),
    /** In the place of a password: what Google sent back. */
    google: z
      .strictObject({
        code: googleText('code', 2_048),
        state: googleText('state', 200),
        iss: googleText('iss', 200).optional(),
      })
      .optional(),
  })
  .meta({ id: 'AcceptInvitation' });

const EnteredView = z
  .object({
    token: z.string(),
    token_type: z.literal('Bearer'),
    refresh_token: z.string(),
    /** Seconds until the token expires. */
    expires_in: z.number().int(),
    user: UserProfile,
    account: Account,
  })
  .meta({ id: 'AcceptedInvitation' });

@Controller('invitations')
export class AcceptInvitationController {
  constructor(private readonly commands: CommandBus) {}

  @Post('accept')
  @OptionallyAuthenticated()
  @Api({
    summary: 'Join an account: signed in, or as a new user with name and password, or by Google',
    answer: EnteredView,
    errors: [
      'invitations.not_found',
      'invitations.expired',
      'invitations.revoked',
      'invitations.already_accepted',
      'account.email_mismatch',
      'auth.google_not_configured',
      'auth.google_sign_in_expired',
      'auth.google_refused',
      'auth.google_email_unverified',
      'billing.limit_reached',
    ],
    invalidStatus: 422,
  })
  async accept(
    @OptionalCtx() ctx: RequestContext | undefined,
    @From() caller: Caller,
    @Body({ schema: AcceptInvitationBody }) { token, ...given }: z.infer<typeof AcceptInvitationBody>,
  ) {
    const command = new AcceptInvitation(token, { ...given, ...caller, signedIn: signedIn(ctx) });
    const { tokens, user, account } = await this.commands.execute(command);
    const { cookie, ...rest } = tokens;
    return answerWith(
      { ...rest, token_type: 'Bearer' as const, user, account },
      { message: 'Invitation accepted', headers: { 'set-cookie': cookie } },
    );
  }
}

function signedIn(ctx: RequestContext | undefined): { userId: string; sessionId: string } | undefined {
  if (ctx === undefined) return undefined;
  const { actor } = ctx;
  if (actor.kind !== 'user') throw new Problem(403, 'account.permission_denied', 'Permission denied');
  return { userId: actor.userId, sessionId: actor.sessionId };
}
