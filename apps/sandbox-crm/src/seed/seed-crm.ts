import { CrmStore } from '../store/crm-store.js';
import { seedCatalogue } from './seed-catalogue.js';
import { seededContact } from './seed-contacts.js';
import { seedDealings } from './seed-dealings.js';
import { seedRecurring } from './seed-recurring.js';

export interface SeedSettings {
  /** The same number always gives the same store. */
  seed: number;
  /** How many contacts it has. */
  contacts: number;
}

/** A new store filled from a seed. `onChange` is called after later changes. */
export function seedCrm(settings: SeedSettings, onChange: () => void): CrmStore {
  const store = new CrmStore(onChange);
  seedCatalogue(store);
  store.contacts.seedOnDemand(settings.contacts, (index) => seededContact(settings.seed, index));
  seedDealings(store, settings.seed);
  seedRecurring(store, settings.seed);
  return store;
}
