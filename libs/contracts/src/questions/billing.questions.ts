import { z } from 'zod';
import { defineQuestion } from '../define-question.js';
import { PlanLimits } from '../plan-limits.js';
import { PLANS } from '../roles.js';

const service = 'billing';

const AccountRef = z.object({ account_id: z.string() });
const Period = z.object({ from: z.iso.datetime(), to: z.iso.datetime() });

/** Most executions of one reservation or release. */
const MAX_EXECUTIONS = 200;

export const billingQuestions = {
  limits: defineQuestion({
    service,
    name: 'limits',
    summary: 'What the plan of an account allows; an account without subscription has the free plan.',
    request: AccountRef,
    answer: z.object({
      plan: z.enum(PLANS),
      /** How the plan is called to people. */
      label: z.string(),
      limits: PlanLimits,
      /** Bytes of files that the account may keep; null is unlimited. */
      storage_bytes: z.number().int().min(0).nullable(),
      /** What happens beyond the monthly executions: refused, or metered. */
      overage: z.enum(['block', 'meter']),
      period: Period,
      upgrade_url: z.string(),
    }),
  }),
  reserveUsage: defineQuestion({
    service,
    name: 'reserve-usage',
    summary:
      'Reserves executions in the usage ledger; the first `granted` of the list are reserved, the others refused.',
    request: z.object({
      account_id: z.string(),
      /** Repeating a question with the same id reserves nothing more and gives the same answer. */
      reservation_id: z.string(),
      execution_ids: z.array(z.string()).min(1).max(MAX_EXECUTIONS),
    }),
    answer: z.object({
      granted: z.number().int().min(0),
      plan: z.enum(PLANS),
      limit: z.number().int().nullable(),
      /** Booked and reserved in this period, after this reservation; null on metered plans, where it decides nothing. */
      used: z.number().int().min(0).nullable(),
      /** End of the period. */
      reset_at: z.iso.datetime(),
    }),
  }),
  releaseUsage: defineQuestion({
    service,
    name: 'release-usage',
    summary: 'Gives back reservations of executions that were not made; repeating it changes nothing.',
    request: AccountRef.extend({ execution_ids: z.array(z.string()).min(1).max(MAX_EXECUTIONS) }),
    answer: z.object({ released: z.number().int().min(0) }),
  }),
  usage: defineQuestion({
    service,
    name: 'usage',
    summary: 'Executions of an account in its current period.',
    request: AccountRef,
    answer: z.object({
      plan: z.enum(PLANS),
      period: Period,
      booked: z.number().int().min(0),
      reserved: z.number().int().min(0),
      used: z.number().int().min(0),
      limit: z.number().int().nullable(),
      api_requests: z.number().int().min(0),
    }),
  }),
  setPlan: defineQuestion({
    service,
    name: 'set-plan',
    summary: 'Puts an account on a plan, for operators; 404 when there is no such account.',
    request: AccountRef.extend({
      plan: z.enum(PLANS),
      billing_period: z.enum(['monthly', 'annual']).default('monthly'),
    }),
    answer: z.object({ account_id: z.string(), plan: z.enum(PLANS), previous_plan: z.enum(PLANS), period: Period }),
  }),
  syncPlans: defineQuestion({
    service,
    name: 'sync-plans',
    summary:
      'Makes products, prices and meter at the payment provider agree with the plans, for operators; repeating it ' +
      'changes nothing. 503 billing.not_configured without a provider.',
    request: z.object({}),
    answer: z.object({
      steps: z.array(
        z.object({
          kind: z.enum(['product', 'price', 'meter']),
          name: z.string(),
          id: z.string(),
          action: z.enum(['made', 'changed', 'unchanged']),
        }),
      ),
    }),
  }),
  recordApiRequests: defineQuestion({
    service,
    name: 'record-api-requests',
    summary: 'Adds API requests that were served since the last report; the same report id counts once.',
    request: z.object({
      report_id: z.string(),
      accounts: z
        .array(AccountRef.extend({ requests: z.number().int().min(1) }))
        .min(1)
        .max(1_000),
    }),
    answer: z.object({ recorded: z.boolean() }),
  }),
} as const;
