import type { PlanId, PlanLimits } from '#contracts';
import { PLANS } from '#contracts';

/** A plan as the product sells it. Plans are code: a change of price or limit is a release. */
export interface Plan {
  readonly id: PlanId;
  /** How people call it. */
  readonly label: string;
  /** Whole US dollars. */
  readonly priceMonthly: number;
  readonly priceAnnually: number;
  readonly limits: PlanLimits;
  /** Bytes of files that are kept; null is unlimited. */
  readonly storageBytes: number | null;
  /** US dollars for each execution beyond the included ones, as decimal text; null: executions stop instead. */
  readonly overagePerExecution: string | null;
}

export const CURRENCY = 'usd';

export const GIGABYTE = 1_000_000_000;

const plans: Readonly<Record<PlanId, Plan>> = {
  free: {
    id: 'free',
    label: 'Sandbox',
    priceMonthly: 0,
    priceAnnually: 0,
    limits: {
      max_helpers: 1,
      max_connections: 1,
      max_api_keys: 1,
      max_team_members: 1,
      max_executions: 100,
      webhooks_enabled: false,
    },
    storageBytes: 0.5 * GIGABYTE,
    overagePerExecution: null,
  },
  start: {
    id: 'start',
    label: 'Start',
    priceMonthly: 39,
    priceAnnually: 396,
    limits: {
      max_helpers: 10,
      max_connections: 2,
      max_api_keys: 2,
      max_team_members: 2,
      max_executions: 5_000,
      webhooks_enabled: true,
    },
    storageBytes: 5 * GIGABYTE,
    overagePerExecution: '0.01',
  },
  grow: {
    id: 'grow',
    label: 'Grow',
    priceMonthly: 59,
    priceAnnually: 588,
    limits: {
      max_helpers: 50,
      max_connections: 5,
      max_api_keys: 10,
      max_team_members: 5,
      max_executions: 25_000,
      webhooks_enabled: true,
    },
    storageBytes: 50 * GIGABYTE,
    overagePerExecution: '0.008',
  },
  deliver: {
    id: 'deliver',
    label: 'Deliver',
    priceMonthly: 79,
    priceAnnually: 792,
    limits: {
      max_helpers: null,
      max_connections: 20,
      max_api_keys: 100,
      max_team_members: 100,
      max_executions: 100_000,
      webhooks_enabled: true,
    },
    storageBytes: 250 * GIGABYTE,
    overagePerExecution: '0.005',
  },
};

export const allPlans = (): Plan[] => PLANS.map((id) => plans[id]);

export const planOf = (id: PlanId): Plan => plans[id];

/** The plan of that name; undefined when we sell none. */
export const planNamed = (name: string): Plan | undefined => allPlans().find(({ id }) => id === name);

/** Whether executions beyond the included ones are refused (free) or metered (paid). */
export const overagePolicy = (plan: Plan): 'block' | 'meter' => (plan.overagePerExecution === null ? 'block' : 'meter');
