import { Injectable } from '@nestjs/common';
import { z } from 'zod';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Settings of billing. Times in milliseconds. */
export const BillingConfig = z.object({
  MFH_APP_URL: z.string().default('http://127.0.0.1:3000').describe('Where the web client lives'),
  MFH_RECONCILE_MS: z.coerce
    .number()
    .int()
    .min(100)
    .default(30_000)
    .describe('Pause between two looks at old reservations'),
  MFH_RESERVATION_AGE_MS: z.coerce
    .number()
    .int()
    .min(5_000)
    .default(60_000)
    .describe('From this age on it is asked whether reserved executions exist; longer than any acceptance takes'),
  MFH_WATCH_USAGE_MS: z.coerce
    .number()
    .int()
    .min(100)
    .default(5_000)
    .describe('Pause between two looks at changed usage, for alerts and the meter'),
  MFH_OPERATOR_TOKEN: z
    .string()
    .min(32)
    .optional()
    .describe('Lets operators read figures on the port of the service; without it nobody can'),
  MFH_SUBSCRIPTION_GRACE_DAYS: z.coerce
    .number()
    .min(0)
    .max(90)
    .default(7)
    .describe('For so many days a plan goes on whose payment failed'),
  MFH_SUBSCRIPTION_CHECK_MS: z.coerce
    .number()
    .int()
    .min(1_000)
    .default(6 * 3_600_000)
    .describe('After this long without an event the payment provider is asked how a subscription is'),
  MFH_SUBSCRIPTION_SWEEP_MS: z.coerce
    .number()
    .int()
    .min(100)
    .default(30_000)
    .describe('Pause between two looks for subscriptions that the payment provider must be asked about'),
});
export type BillingConfig = z.infer<typeof BillingConfig>;

/** The settings in the words of the code. */
@Injectable()
export class BillingSettings {
  readonly appUrl: string;
  readonly upgradeUrl: string;
  readonly reconcileMs: number;
  readonly reservationAgeMs: number;
  readonly watchUsageMs: number;
  readonly operatorToken: string | undefined;
  /** How long a plan goes on whose payment failed. */
  readonly graceMs: number;
  readonly subscriptionCheckMs: number;
  readonly subscriptionSweepMs: number;

  constructor(config: BillingConfig) {
    this.appUrl = config.MFH_APP_URL.replace(/\/+$/, '');
    this.upgradeUrl = `${this.appUrl}/settings?tab=billing`;
    this.reconcileMs = config.MFH_RECONCILE_MS;
    this.reservationAgeMs = config.MFH_RESERVATION_AGE_MS;
    this.watchUsageMs = config.MFH_WATCH_USAGE_MS;
    this.operatorToken = config.MFH_OPERATOR_TOKEN;
    this.graceMs = config.MFH_SUBSCRIPTION_GRACE_DAYS * DAY_MS;
    this.subscriptionCheckMs = config.MFH_SUBSCRIPTION_CHECK_MS;
    this.subscriptionSweepMs = config.MFH_SUBSCRIPTION_SWEEP_MS;
  }
}
