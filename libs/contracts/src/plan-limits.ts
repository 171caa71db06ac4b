import { z } from 'zod';

/** Stands for "unlimited" on the wire, because clients compute with these numbers. */
const UNLIMITED_ON_THE_WIRE = 999_999;

const Limit = z.number().int().min(0).nullable();

/** What a plan allows; `null` is unlimited. */
export const PlanLimits = z.object({
  max_helpers: Limit,
  max_connections: Limit,
  max_api_keys: Limit,
  max_team_members: Limit,
  /** Executions a month; beyond it the free plan stops and paid plans are metered. */
  max_executions: Limit,
  webhooks_enabled: z.boolean(),
});
export type PlanLimits = z.infer<typeof PlanLimits>;

/** Limits as HTTP answers show them: always numbers. */
export const PlanLimitsOnTheWire = z.object({
  max_helpers: z.number().int(),
  max_connections: z.number().int(),
  max_api_keys: z.number().int(),
  max_team_members: z.number().int(),
  max_executions: z.number().int(),
  webhooks_enabled: z.boolean(),
});
export type PlanLimitsOnTheWire = z.infer<typeof PlanLimitsOnTheWire>;

export const limitsOnTheWire = (limits: PlanLimits): PlanLimitsOnTheWire => ({
  max_helpers: limits.max_helpers ?? UNLIMITED_ON_THE_WIRE,
  max_connections: limits.max_connections ?? UNLIMITED_ON_THE_WIRE,
  max_api_keys: limits.max_api_keys ?? UNLIMITED_ON_THE_WIRE,
  max_team_members: limits.max_team_members ?? UNLIMITED_ON_THE_WIRE,
  max_executions: limits.max_executions ?? UNLIMITED_ON_THE_WIRE,
  webhooks_enabled: limits.webhooks_enabled,
});
