import { Injectable } from '@nestjs/common';
import { z } from 'zod';

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
});
export type BillingConfig = z.infer<typeof BillingConfig>;

/** The settings in the words of the code. */
@Injectable()
export class BillingSettings {
  readonly upgradeUrl: string;
  readonly reconcileMs: number;
  readonly reservationAgeMs: number;
  readonly watchUsageMs: number;
  readonly operatorToken: string | undefined;

  constructor(config: BillingConfig) {
    this.upgradeUrl = `${config.MFH_APP_URL}/settings?tab=billing`;
    this.reconcileMs = config.MFH_RECONCILE_MS;
    this.reservationAgeMs = config.MFH_RESERVATION_AGE_MS;
    this.watchUsageMs = config.MFH_WATCH_USAGE_MS;
    this.operatorToken = config.MFH_OPERATOR_TOKEN;
  }
}
