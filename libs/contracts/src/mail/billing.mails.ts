import { z } from 'zod';
import { amount, count, defineMailTemplate, greetedName, line, moment } from './define-mail-template.js';

/** Common to the mails about a subscription. */
const subscription = { name: greetedName, account_name: line.optional(), plan_name: line };
/** Pages of the payment provider; only https addresses become links. */
const hosted = z.url({ protocol: /^https$/ }).optional();

export const billingMails = {
  subscription_welcome: defineMailTemplate({
    summary: 'An account subscribed to a plan for the first time.',
    variables: z.object({ ...subscription, trial_ends_at: moment.optional() }),
  }),
  subscription_updated: defineMailTemplate({
    summary: 'An account moved to another plan, at once or from a later moment on.',
    variables: z.object({
      ...subscription,
      change: z.enum(['upgraded', 'downgraded', 'changed', 'resumed']),
      former_plan_name: line.optional(),
      effective_at: moment.optional(),
    }),
  }),
  subscription_canceled: defineMailTemplate({
    summary: 'A subscription ended or will end with its period.',
    variables: z.object({ ...subscription, ends_at: moment }),
  }),
  trial_ending: defineMailTemplate({
    summary: 'A trial is about to end.',
    variables: z.object({ ...subscription, ends_at: moment, amount: amount.optional() }),
  }),
  payment_failed: defineMailTemplate({
    summary: 'A payment did not go through; the plan works on until the grace ends.',
    variables: z.object({ ...subscription, amount, grace_until: moment.optional(), pay_url: hosted }),
  }),
  payment_succeeded: defineMailTemplate({
    summary: 'A payment went through.',
    variables: z.object({ ...subscription, amount, invoice_number: line.optional(), invoice_url: hosted }),
  }),
  invoice_generated: defineMailTemplate({
    summary: 'A new invoice is there.',
    variables: z.object({
      ...subscription,
      amount,
      invoice_number: line.optional(),
      invoice_url: hosted,
      due_at: moment.optional(),
    }),
  }),
  usage_alert: defineMailTemplate({
    summary: 'An account used 80 or 100 percent of what its plan contains; once a period each.',
    variables: z.object({
      name: greetedName,
      account_name: line,
      plan_name: line.optional(),
      resource_name: line,
      percent: count,
      current: count,
      limit: count,
      resets_at: moment.optional(),
    }),
  }),
} as const;
