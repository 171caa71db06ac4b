import { z } from 'zod';
import { defineQuestion } from '../define-question.js';

const service = 'identity';

/** What every service asks to check access tokens. */
export const identityAccessQuestions = {
  jwks: defineQuestion({
    service,
    name: 'jwks',
    summary: 'The public keys that access tokens are signed with, the withdrawn ones left out.',
    request: z.object({}),
    answer: z.object({
      keys: z.array(z.looseObject({ kid: z.string(), kty: z.literal('RSA'), n: z.string(), e: z.string() })),
    }),
  }),
  revocations: defineQuestion({
    service,
    name: 'revocations',
    summary: 'What was revoked while tokens of it may still live; with `since` only what came after.',
    request: z.object({ since: z.iso.datetime().optional() }),
    answer: z.object({
      now: z.iso.datetime(),
      sessions: z.array(z.object({ sid: z.string(), at: z.iso.datetime() })),
      /** Tokens of the user with a lower version are void; those of one session may be left out. */
      users: z.array(z.object({ user_id: z.string(), ver: z.number().int(), except_sid: z.string().optional() })),
      api_keys: z.array(z.object({ key_id: z.string() })),
      /** What users had allowed other products to do. */
      grants: z.array(z.object({ grant_id: z.string() })).default([]),
    }),
  }),
} as const;
