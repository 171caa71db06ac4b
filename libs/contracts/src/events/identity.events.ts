import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { KEY_SCOPES } from '../roles.js';

/** Why a session ended before its time. */
export const SESSION_END_REASONS = [
  'logout',
  'logout_others',
  'logout_all',
  'revoked_by_user',
  'password_changed',
  'refresh_reused',
  'second_factor_removed',
] as const;
export type SessionEndReason = (typeof SESSION_END_REASONS)[number];

/** What can become of a user's second factor. `reset` is what an operator does for somebody who has lost it. */
export const SECOND_FACTOR_CHANGES = [
  'enabled',
  'disabled',
  'reset',
  'recovery_code_used',
  'recovery_codes_renewed',
] as const;
export type SecondFactorChange = (typeof SECOND_FACTOR_CHANGES)[number];

const user = <Data extends z.ZodType>(fact: string, summary: string, data: Data) =>
  defineEvent({ domain: 'identity', entity: 'user', fact, summary, data });

const apiKey = <Data extends z.ZodType>(fact: string, summary: string, data: Data) =>
  defineEvent({ domain: 'identity', entity: 'api_key', fact, summary, data });

/** Neither the key nor its hash is ever in an event. */
const ApiKeyFact = z.object({
  key_id: z.string(),
  name: z.string(),
  key_prefix: z.string(),
  permissions: z.array(z.enum(KEY_SCOPES)),
  created_by: z.string(),
});

export const identityEvents = {
  userRegistered: user(
    'registered',
    'A user and the account of this user came into being.',
    z.object({ user_id: z.string(), account_id: z.string(), email: z.string(), name: z.string() }),
  ),
  userVerified: user(
    'verified',
    'A user showed to read mail at their address.',
    z.object({ user_id: z.string(), email: z.string() }),
  ),
  userPasswordChanged: user(
    'password_changed',
    'A user chose another password; other sessions of the user have ended.',
    z.object({ user_id: z.string() }),
  ),
  userSignInLocked: user(
    'sign_in_locked',
    'Too many wrong passwords: signing in is refused for a while.',
    z.object({ user_id: z.string(), until: z.iso.datetime() }),
  ),
  userSignInMethodAdded: user(
    'sign_in_method_added',
    'A user signs in elsewhere, too, from now on.',
    z.object({ user_id: z.string(), method: z.enum(['google']), email: z.string() }),
  ),
  userSignInMethodRemoved: user(
    'sign_in_method_removed',
    'A user does not sign in elsewhere any more.',
    z.object({ user_id: z.string(), method: z.enum(['google']) }),
  ),
  userSecondFactorChanged: user(
    'second_factor_changed',
    'The second factor of a user was switched on or off, or its recovery codes changed. No code is ever in it.',
    z.object({
      user_id: z.string(),
      change: z.enum(SECOND_FACTOR_CHANGES),
      recovery_codes_left: z.number().int().min(0).optional(),
    }),
  ),
  userSessionRevoked: user(
    'session_revoked',
    'Sessions of a user ended before their time; their tokens are void.',
    z.object({
      user_id: z.string(),
      session_ids: z.array(z.string()),
      reason: z.enum(SESSION_END_REASONS),
      /** Set when all tokens of the user below this version are void. */
      ver: z.number().int().optional(),
    }),
  ),
  apiKeyCreated: apiKey('created', 'An API key was made.', ApiKeyFact),
  apiKeyRotated: apiKey(
    'rotated',
    'An API key got a successor and stops working by itself.',
    ApiKeyFact.extend({ replaced_by: z.string(), expires_at: z.iso.datetime() }),
  ),
  apiKeyRevoked: apiKey('revoked', 'An API key was revoked.', ApiKeyFact),
} as const;
