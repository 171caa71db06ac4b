import type { z } from 'zod';
import { Problem } from './problem.js';
import type { billingQuestions } from './questions/billing.questions.js';
import type { PlanId } from './roles.js';

/** The plan of an account, as billing tells it. */
export type PlanOfAccount = z.output<(typeof billingQuestions.limits)['answer']>;

/** The part of it that every refusal shows. */
type RefusingPlan = Pick<PlanOfAccount, 'plan' | 'label' | 'upgrade_url'>;

interface LimitedResourceRule {
  limitOf(plan: PlanOfAccount): number | null;
  refusal(label: string, limit: number): string;
}

/** How many accounts may lie below a root, by the root's plan. */
const SUB_ACCOUNTS: Readonly<Record<PlanId, number>> = { free: 0, start: 0, grow: 5, deliver: 50 };

/** Bytes as people read them; what is less than a megabyte is no plan's size. */
const gigabytes = (bytes: number): string => `${Number((bytes / 1_000_000_000).toFixed(3))} GB`;

const upgrade =
  (things: string) =>
  (label: string, limit: number): string =>
    `Your ${label} plan allows ${limit} ${things}. Upgrade to add more.`;

const rules = {
  helpers: { limitOf: ({ limits }) => limits.max_helpers, refusal: upgrade('helpers') },
  connections: { limitOf: ({ limits }) => limits.max_connections, refusal: upgrade('connections') },
  api_keys: { limitOf: ({ limits }) => limits.max_api_keys, refusal: upgrade('API keys') },
  team_members: {
    limitOf: ({ limits }) => limits.max_team_members,
    refusal: () => 'Team member limit reached. Upgrade your plan to add more members.',
  },
  storage: {
    limitOf: ({ storage_bytes: bytes }) => bytes,
    refusal: (label, limit) => `Your ${label} plan allows ${gigabytes(limit)} of files. Upgrade to keep more.`,
  },
  sub_accounts: { limitOf: ({ plan }) => SUB_ACCOUNTS[plan], refusal: upgrade('sub-accounts') },
} as const satisfies Record<string, LimitedResourceRule>;

/** Things of which a plan allows so many at a time; storage counts in bytes. */
export type LimitedResource = keyof typeof rules;

/** How many of these a plan allows; null is unlimited. */
export const limitOf = (resource: LimitedResource, plan: PlanOfAccount): number | null => rules[resource].limitOf(plan);

/**
 * Refuses to take more places than a plan has. Exact only under the guard of the resource (`PlanRoom`).
 * @param used places that are taken
 * @param wanted places that are to be taken in addition
 * @throws Problem 403 `billing.limit_reached`
 */
export function refuseBeyondPlan(resource: LimitedResource, plan: PlanOfAccount, used: number, wanted = 1): void {
  const rule: LimitedResourceRule = rules[resource];
  const limit = rule.limitOf(plan);
  if (limit === null || used + wanted <= limit) return;
  throw new Problem(403, 'billing.limit_reached', rule.refusal(plan.label, limit), {
    data: { limit, used, plan: plan.plan, upgrade_url: plan.upgrade_url },
  });
}

/**
 * The refusal of something that a plan does not contain at all.
 * @param does what the plan does not do, such as `does not start helpers by changes of contacts`
 * @param use what an upgrade makes possible, such as `use triggers`
 */
export const featureNotAvailable = (
  feature: string,
  { plan, label, upgrade_url }: RefusingPlan,
  { does, use }: { does: string; use: string },
): Problem =>
  new Problem(403, 'billing.feature_not_available', `Your ${label} plan ${does}. Upgrade to ${use}.`, {
    data: { feature, plan, upgrade_url },
  });
