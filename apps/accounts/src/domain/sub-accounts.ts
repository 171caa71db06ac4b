import { Problem } from '#contracts';

/** Levels below a root. */
export const DEEPEST_LEVEL = 5;

/** @throws Problem 409 when an account below this one would lie too deep */
export function refuseTooDeep({ ancestors = [] }: { ancestors?: readonly string[] | undefined }): void {
  if (ancestors.length < DEEPEST_LEVEL) return;
  const text = `Sub-accounts go ${DEEPEST_LEVEL} levels deep at most; make it below an account further up`;
  throw new Problem(409, 'accounts.too_deep', text, { data: { limit: DEEPEST_LEVEL } });
}
