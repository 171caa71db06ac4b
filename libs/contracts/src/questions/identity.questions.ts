import { z } from 'zod';
import { defineQuestion } from '../define-question.js';
import { KEY_SCOPES, ROLES } from '../roles.js';

const service = 'identity';

export const USER_STATUSES = ['active', 'invited'] as const;
export type UserStatus = (typeof USER_STATUSES)[number];

/** Identity's questions, beside the two about access tokens (see `identity-access.questions.ts`). */
export const identityQuestions = {
  exchangeApiKey: defineQuestion({
    service,
    name: 'exchange-api-key',
    summary:
      'A token of one minute for an API key. 401 auth.invalid_api_key for a wrong, revoked or expired key, ' +
      '403 account.suspended, 403 account.no_membership when its maker has left the account.',
    request: z.object({
      /** SHA-256 of the whole raw key, hex; the raw key itself goes no further than the gateway. */
      key_hash: z.string().regex(/^[0-9a-f]{64}$/),
    }),
    answer: z.object({
      token: z.string(),
      expires_at: z.iso.datetime(),
      key_id: z.string(),
      account_id: z.string(),
      scopes: z.array(z.enum(KEY_SCOPES)),
      /** Addresses and networks that the key may be used from; absent where it may be used from anywhere. */
      allowed_ips: z.array(z.string()).optional(),
    }),
  }),
  countApiKeys: defineQuestion({
    service,
    name: 'count-api-keys',
    summary: 'How many usable API keys an account has.',
    request: z.object({ account_id: z.string() }),
    answer: z.object({ count: z.number().int().min(0) }),
  }),
  describeUsers: defineQuestion({
    service,
    name: 'describe-users',
    summary: 'Name and address of users; unknown ids are left out of the answer.',
    request: z.object({ user_ids: z.array(z.string()).max(500) }),
    answer: z.object({
      users: z.array(
        z.object({
          user_id: z.string(),
          email: z.string(),
          name: z.string(),
          status: z.enum(USER_STATUSES),
          /** Whether a mail to the address has been read by its user. */
          email_verified: z.boolean().optional(),
        }),
      ),
    }),
  }),
  switchSession: defineQuestion({
    service,
    name: 'switch-session',
    summary:
      'Lets a session act in another account, whose membership the asker has checked: new tokens, the refresh token ' +
      'at hand is used up. 401 auth.invalid_token when the session has ended.',
    request: z.object({
      user_id: z.string(),
      session_id: z.string(),
      account_id: z.string(),
      role: z.enum(ROLES),
      /** Address and agent of the caller: for ten seconds they may still use the refresh token at hand. */
      ip: z.string(),
      user_agent: z.string(),
    }),
    answer: z.object({
      token: z.string(),
      refresh_token: z.string(),
      /** Seconds. */
      expires_in: z.number().int(),
      /** Value of the `Set-Cookie` header that belongs to the new token. */
      cookie: z.string(),
    }),
  }),
  createOwner: defineQuestion({
    service,
    name: 'create-owner',
    summary: 'For operators: a user with an own account, as registration makes them. 409 identity.email_taken.',
    request: z.object({
      email: z.string(),
      name: z.string(),
      password: z.string(),
      company: z.string().optional(),
    }),
    answer: z.object({ user_id: z.string(), account_id: z.string() }),
  }),
  resetSecondFactor: defineQuestion({
    service,
    name: 'reset-second-factor',
    summary:
      'For operators: takes the second factor of somebody who has lost it away and ends their sessions. ' +
      '404 identity.user_not_found, 409 auth.mfa_not_enabled.',
    request: z.object({ email: z.string() }),
    answer: z.object({ user_id: z.string(), sessions_ended: z.number().int().min(0) }),
  }),
  rotateSigningKeys: defineQuestion({
    service,
    name: 'rotate-signing-keys',
    summary: 'For operators: the announced key begins to sign, a new one is announced, the old one runs out.',
    request: z.object({}),
    answer: z.object({ signing_kid: z.string(), published_kids: z.array(z.string()) }),
  }),
} as const;
