import { DEFAULT_PREFERENCES, PREFERENCE_NAMES, type PreferencesView } from '../domain/preferences.js';
import type { PreferencesRecord } from '../persistence/preferences.collection.js';

/** All preferences: what the user chose, else the defaults. */
export function preferencesView(stored: PreferencesRecord | null): PreferencesView {
  const switches = PREFERENCE_NAMES.map((name) => [name, stored?.[name] ?? DEFAULT_PREFERENCES[name]] as const);
  return {
    ...(Object.fromEntries(switches) as Omit<PreferencesView, 'webhook_url'>),
    ...(stored?.webhook_url !== undefined && { webhook_url: stored.webhook_url }),
  };
}
