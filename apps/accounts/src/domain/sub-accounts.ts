import { Problem, type PlanId } from '#contracts';

/** Levels below a root. */
export const DEEPEST_LEVEL = 5;

/** How many accounts may lie below a root, by the root's plan. */
export const SUB_ACCOUNTS_OF_PLAN: Readonly<Record<PlanId, number>> = { free: 0, start: 0, grow: 5, deliver: 50 };

/** @throws Problem 409 when an account below this one would lie too deep */
export function refuseTooDeep({ ancestors = [] }: { ancestors?: readonly string[] | undefined }): void {
  if (ancestors.length < DEEPEST_LEVEL) return;
  const text = `Sub-accounts go ${DEEPEST_LEVEL} levels deep at most; make it below an account further up`;
  throw new Problem(409, 'accounts.too_deep', text, { data: { limit: DEEPEST_LEVEL } });
}
