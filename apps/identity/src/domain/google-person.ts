import { normalEmail } from './email-address.js';

/** Whom Google vouches for. */
export interface GooglePerson {
  /** Google's name of the person; addresses change, it does not. */
  subject: string;
  /** Lower case; the person reads its mail. */
  email: string;
  name: string;
}

interface GoogleClaims {
  sub: string;
  email?: unknown;
  email_verified?: unknown;
  name?: unknown;
}

const LONGEST_NAME = 200;

/** @returns undefined when Google does not vouch for the address */
export function googlePersonOf({ sub, email, email_verified, name }: GoogleClaims): GooglePerson | undefined {
  // Google has sent the word instead of the value at times.
  const verified = email_verified === true || email_verified === 'true';
  if (typeof email !== 'string' || email === '' || !verified) return undefined;
  const given = typeof name === 'string' ? name.trim().slice(0, LONGEST_NAME) : '';
  return { subject: sub, email: normalEmail(email), name: given === '' ? email : given };
}
