import { createHash, randomBytes } from 'node:crypto';

const MINUTE_MS = 60_000;

/**
 * What is still to be shown or said before somebody is signed in: a second step, the password of the user whom a
 * person at Google wants to be linked to, or the invitation that this person takes.
 */
export type ChallengeKind = 'second_factor' | 'google_link' | 'google_entry';

export const CHALLENGE_LIFE_MS: Record<ChallengeKind, number> = {
  second_factor: 5 * MINUTE_MS,
  google_link: 10 * MINUTE_MS,
  google_entry: 2 * MINUTE_MS,
};

export const newChallengeToken = (): string => randomBytes(32).toString('base64url');

/** What is stored of a token: it is good for one kind of challenge. */
export const challengeHash = (kind: ChallengeKind, token: string): string =>
  createHash('sha256').update(`challenge\0${kind}\0${token}`).digest('hex');
