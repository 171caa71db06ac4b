import { createHash, createHmac, randomBytes, randomInt } from 'node:crypto';

const MINUTE_MS = 60_000;
const CODE_DIGITS = 6;

/** What somebody may do who shows the secret. */
export const SECRET_PURPOSES = ['reset_password', 'verify_email'] as const;
export type SecretPurpose = (typeof SECRET_PURPOSES)[number];

/** How the secret comes back: typed in (`code`), or with a link (`token`). */
export type SecretWay = 'code' | 'token';

/** How long secrets are good. */
export const SECRET_LIFE_MS: Record<SecretPurpose, Record<SecretWay, number>> = {
  reset_password: { code: 15 * MINUTE_MS, token: 30 * MINUTE_MS },
  verify_email: { code: 15 * MINUTE_MS, token: 24 * 60 * MINUTE_MS },
};

/** So many wrong codes make the right one worthless, too. */
export const CODE_ATTEMPTS = 5;

export const lifeMinutes = (purpose: SecretPurpose, way: SecretWay): number => SECRET_LIFE_MS[purpose][way] / MINUTE_MS;

export const newToken = (): string => randomBytes(32).toString('base64url');

export const newCode = (): string =>
  randomInt(10 ** CODE_DIGITS)
    .toString()
    .padStart(CODE_DIGITS, '0');

/** What is stored of a token. */
export const tokenHash = (purpose: SecretPurpose, token: string): string =>
  createHash('sha256').update(`${purpose}\0${token}`).digest('hex');

/** What is stored of a code. Without the installation's key the million codes cannot be tried against it. */
export const codeHash = (key: Uint8Array, purpose: SecretPurpose, userId: string, code: string): string =>
  createHmac('sha256', key).update(`one-time-code\0${purpose}\0${userId}\0${code}`).digest('hex');

/** Stands for the user of an address that nobody has: the same work is done for it, and leads nowhere. */
export const nobodyAt = (email: string): string => `nobody/${createHash('sha256').update(email).digest('base64url')}`;
