import { z } from 'zod';
import { ROLES } from '#contracts';

export const ISSUER = 'mfh';
export const AUDIENCE = 'mfh';
/** How far the clocks of two machines may differ, in seconds. */
export const CLOCK_LEEWAY_S = 30;

/** What an access token says. Issued by identity only; RS256. */
export const AccessTokenClaims = z.object({
  /** The bare subject; the user's id is `user:` + this. */
  sub: z.string().min(1),
  user_id: z.string().min(1),
  /** Session; absent for tokens that stand for an API key. */
  sid: z.string().min(1).optional(),
  /** Account the token acts in. */
  acc: z.string().min(1),
  /** The user's auth version when the token was made. */
  ver: z.number().int().nonnegative(),
  role: z.enum(ROLES),
  amr: z.array(z.string()),
  /** Scopes of an API key or of a linked app, separated by spaces. */
  scope: z.string().optional(),
  /** The API key this token stands for. */
  key: z.string().min(1).optional(),
  /** The key only tries things out. */
  test: z.boolean().optional(),
  /** The only helpers that exist for the key. */
  helpers: z.array(z.string()).optional(),
  /** What the user allowed a linked app. */
  grant: z.string().min(1).optional(),
  /** The linked app. */
  client_id: z.string().min(1).optional(),
  iss: z.literal(ISSUER),
  aud: z.union([z.literal(AUDIENCE), z.array(z.string()).refine((list) => list.includes(AUDIENCE))]),
  /** Seconds since 1970. */
  iat: z.number(),
  exp: z.number(),
  jti: z.string().min(1),
});
export type AccessTokenClaims = z.infer<typeof AccessTokenClaims>;
