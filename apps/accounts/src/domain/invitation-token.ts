import { createHash, randomBytes } from 'node:crypto';

const PREFIX = 'mfi_';

/** How long somebody can think about an invitation. */
export const INVITATION_LIFE_MS = 7 * 24 * 60 * 60 * 1000;

export const invitationTokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** A secret for the link in the mail; only its hash is stored. */
export function newInvitationToken(): { token: string; hash: string } {
  const token = `${PREFIX}${randomBytes(32).toString('base64url')}`;
  return { token, hash: invitationTokenHash(token) };
}
