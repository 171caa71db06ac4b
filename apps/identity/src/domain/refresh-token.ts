import { createHash, createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'mfr_';
const FORM = /^mfr_[A-Za-z0-9_-]{43}$/;

const fromBytes = (bytes: Buffer): string => `${PREFIX}${bytes.toString('base64url')}`;

/** The first refresh token of a session: 32 random bytes. */
export const newRefreshToken = (): string => fromBytes(randomBytes(32));

/**
 * The token that follows `parent`. It is derived, so that a second use of the parent can be given the same successor
 * although only hashes are stored; without `key` the parent alone does not lead to it.
 */
export const successorOf = (parent: string, key: Uint8Array): string =>
  fromBytes(createHmac('sha256', key).update('refresh-token-successor').update('\0').update(parent).digest());

/** What is stored of a refresh token. */
export const refreshTokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Whether the text can be a refresh token of ours at all. */
export const isRefreshToken = (text: string): boolean => FORM.test(text);
