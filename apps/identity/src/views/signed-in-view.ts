import { z } from 'zod';
import { Account } from '#contracts';
import { answerWith, type Answer } from '#service-defaults';
import type { User } from '../persistence/user.collection.js';
import type { SessionAccess } from '../sessions/access-tokens.js';
import { userView, UserView } from './user-view.js';

/** What registering and signing in answer. */
export const SignedInView = z.object({
  token: z.string(),
  token_type: z.literal('Bearer'),
  refresh_token: z.string(),
  /** Seconds until the token expires. */
  expires_in: z.number().int(),
  user: UserView,
  account: Account,
});

export interface SignedIn {
  access: SessionAccess;
  refreshToken: string;
  user: User;
  account: Account;
}

/** Body and cookie of a new session. */
export const signedInAnswer = (
  { access, refreshToken, user, account }: SignedIn,
  message: string,
): Answer<z.infer<typeof SignedInView>> =>
  answerWith(
    {
      token: access.token,
      token_type: 'Bearer',
      refresh_token: refreshToken,
      expires_in: access.expiresIn,
      user: userView(user),
      account,
    },
    { message, headers: { 'set-cookie': access.cookie } },
  );
