import { defineCollection, type Entity, erasedByUser } from '#persistence';
import { PREFERENCE_NAMES, type PreferencesView } from '../domain/preferences.js';

/** What a user wants to be told about; only what differs from the defaults need be there. `_id` is the user's. */
export type PreferencesRecord = Entity & Partial<PreferencesView>;

const switches = Object.fromEntries(PREFERENCE_NAMES.map((name) => [name, Boolean]));

export const preferencesCollection = defineCollection<PreferencesRecord>({
  name: 'preferences',
  domain: 'preferences',
  title: 'Preferences',
  erasure: erasedByUser('_id'),
  fields: { ...(switches as Record<(typeof PREFERENCE_NAMES)[number], BooleanConstructor>), webhook_url: String },
});
