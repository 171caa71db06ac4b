import { z } from 'zod';

/** What a user is told about, until the user says otherwise. */
export const DEFAULT_PREFERENCES = {
  execution_failures: true,
  connection_issues: true,
  usage_alerts: true,
  weekly_summary: false,
  new_features: true,
  team_activity: false,
  realtime_status: false,
  ai_insights: true,
  system_maintenance: true,
} as const;

export type PreferenceName = keyof typeof DEFAULT_PREFERENCES;
export const PREFERENCE_NAMES = Object.keys(DEFAULT_PREFERENCES) as PreferenceName[];

const LONGEST_URL = 2_048;
const switches = Object.fromEntries(PREFERENCE_NAMES.map((name) => [name, z.boolean()])) as Record<
  PreferenceName,
  z.ZodBoolean
>;

export const PreferencesView = z
  .object({ ...switches, webhook_url: z.string().optional() })
  .meta({ id: 'NotificationPreferences' });
export type PreferencesView = z.infer<typeof PreferencesView>;

/** Any of the keys; an empty `webhook_url` takes it away. */
export const PreferencesChange = z
  .object(switches)
  .partial()
  .extend({
    webhook_url: z
      .union([z.literal(''), z.null(), z.url({ protocol: /^https?$/, error: 'webhook_url must be a web address' })])
      .optional()
      .refine((url) => (url ?? '').length <= LONGEST_URL, 'webhook_url is too long'),
  })
  .meta({ id: 'NotificationPreferencesChange' });
export type PreferencesChange = z.infer<typeof PreferencesChange>;
