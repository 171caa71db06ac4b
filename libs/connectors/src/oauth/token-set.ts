import { z } from 'zod';

/** What a token endpoint gave. Nothing of it may be logged. */
export interface TokenSet {
  accessToken: string;
  /** A new one means that the old one is spent: store it before the access token is used. */
  refreshToken?: string;
  tokenType: string;
  /** From the answer's `expires_in`; absent when the vendor does not tell. */
  expiresAt?: Date;
  scope?: string;
  /** The vendor's account or location, where the token answer names it. */
  accountId?: string;
}

/** The members of a token answer that we read; vendors add their own. */
export const TokenAnswer = z.looseObject({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  token_type: z.string().optional(),
  expires_in: z.coerce.number().positive().optional(),
  scope: z.string().optional(),
});
export type TokenAnswer = z.infer<typeof TokenAnswer>;

/** @param accountIdMember name of the vendor's own member that tells the account */
export function tokenSetOf(answer: TokenAnswer, now: Date, accountIdMember: string | undefined): TokenSet {
  const account = accountIdMember === undefined ? undefined : answer[accountIdMember];
  const expiresIn = answer.expires_in;
  return {
    accessToken: answer.access_token,
    tokenType: answer.token_type ?? 'bearer',
    ...(answer.refresh_token === undefined ? {} : { refreshToken: answer.refresh_token }),
    ...(expiresIn === undefined ? {} : { expiresAt: new Date(now.getTime() + expiresIn * 1000) }),
    ...(answer.scope === undefined ? {} : { scope: answer.scope }),
    ...((typeof account === 'string' && account !== '') || typeof account === 'number'
      ? { accountId: String(account) }
      : {}),
  };
}
