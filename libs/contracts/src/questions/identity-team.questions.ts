import { z } from 'zod';
import { defineQuestion } from '../define-question.js';
import { ROLES } from '../roles.js';
import { UserProfile } from '../user-profile.js';
import { USER_STATUSES } from './identity.questions.js';

const service = 'identity';

const UserRef = z.object({ user_id: z.string() });

/** What accounts asks identity about people who are invited, and about an owner who wants something irrevocable. */
export const identityTeamQuestions = {
  inviteUser: defineQuestion({
    service,
    name: 'invite-user',
    summary:
      'The user with an address; one with status invited is made if there is none. Repeating it changes nothing.',
    request: z.object({
      email: z.string(),
      /** The account of the first sign-in of a user who is made. */
      account_id: z.string(),
    }),
    answer: z.object({ user_id: z.string(), email: z.string(), name: z.string(), status: z.enum(USER_STATUSES) }),
  }),
  checkNewPassword: defineQuestion({
    service,
    name: 'check-new-password',
    summary: 'Whether a password keeps the policy; 400 request.invalid_body names the rule that it breaks.',
    request: z.object({ password: z.string() }),
    answer: z.object({}),
  }),
  proveGoogleIdentity: defineQuestion({
    service,
    name: 'prove-google-identity',
    summary:
      'Whether the person who came back from Google has the address of an invited user. 401 auth.google_refused, ' +
      '401 auth.google_sign_in_expired, 403 account.email_mismatch, 403 auth.google_email_unverified, ' +
      '409 identity.user_active.',
    request: UserRef.extend({ code: z.string(), state: z.string(), iss: z.string().optional(), ip: z.string() }),
    answer: z.object({
      /** For `activateInvitedUser`, once, within two minutes. */
      proof: z.string(),
      /** What Google calls the person. */
      name: z.string(),
    }),
  }),
  activateInvitedUser: defineQuestion({
    service,
    name: 'activate-invited-user',
    summary:
      'An invited user gets a name and a password (or the link to Google that was proved), counts as verified and is signed in. 409 identity.user_active when ' +
      'that has happened before.',
    request: UserRef.extend({
      name: z.string(),
      password: z.string().optional(),
      google_proof: z.string().optional(),
      account_id: z.string(),
      role: z.enum(ROLES),
      ip: z.string(),
      user_agent: z.string(),
    }),
    answer: z.object({
      token: z.string(),
      refresh_token: z.string(),
      /** Seconds. */
      expires_in: z.number().int(),
      /** Value of the `Set-Cookie` header that belongs to the token. */
      cookie: z.string(),
      user: UserProfile,
    }),
  }),
  userProfile: defineQuestion({
    service,
    name: 'user-profile',
    summary: 'A user as clients read it; 403 auth.user_not_found when there is none.',
    request: UserRef,
    answer: UserProfile,
  }),
  confirmPassword: defineQuestion({
    service,
    name: 'confirm-password',
    summary: 'Whether this is the password of a user: 401 auth.invalid_credentials, 429 after too many wrong ones.',
    request: UserRef.extend({ password: z.string() }),
    answer: z.object({}),
  }),
} as const;
