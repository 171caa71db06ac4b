/**
 * What a person needs to know to try the sandbox CRM by hand. The README, the demo of the local start and the
 * sandbox's own page all take these values from here.
 */

/** Where the sandbox listens when nothing else is configured. */
export const DEFAULT_PORT = 8090;
export const DEFAULT_HOST = '127.0.0.1';

/** The key that the platform `sandbox` asks for; it belongs to the connection named `demo`. */
export const DEMO_KEY = 'sandbox-demo-key';

/** Any key that starts so is accepted; what follows names the connection (own tenant and user, same contacts). */
export const KEY_PREFIX = 'sandbox-key-';

/** The GoHighLevel location that every key may name; one that signed in has a location of its own beside it. */
export const DEMO_LOCATION = 'sandbox-location';
/** Who signs in to GoHighLevel under a name that begins so gets an agency's token, which names no location. */
export const AGENCY_PREFIX = 'agency';

/** Secret of the admin routes unless MFH_SANDBOX_ADMIN_SECRET says otherwise. */
export const DEFAULT_ADMIN_SECRET = 'sandbox-admin';

/** Client of the sandbox's own authorize and token endpoints unless configured otherwise. */
export const DEFAULT_CLIENT_ID = 'sandbox-client';
export const DEFAULT_CLIENT_SECRET = 'sandbox-client-secret';

export const DEFAULT_SEED = 1;
export const DEFAULT_CONTACTS = 1000;

/** Contacts are numbered from here upwards without a gap. */
export const FIRST_CONTACT_ID = 1001;

/** The first contacts have these names whatever the seed is, so that texts can speak about them. */
export const DEMO_CONTACTS = [
  { id: '1001', firstName: 'Ada', lastName: 'Marsh' },
  { id: '1002', firstName: 'Ben', lastName: 'Okafor' },
  { id: '1003', firstName: 'Clara', lastName: 'Lindgren' },
  { id: '1004', firstName: 'Diego', lastName: 'Santos' },
  { id: '1005', firstName: 'Emi', lastName: 'Tanaka' },
] as const;

/** A whole-number field, for counting and sums. */
export const SCORE_FIELD = { id: '7', label: 'Score' } as const;
/** What the first contacts have in it whatever the seed is. */
export const DEMO_SCORES: readonly number[] = [22, 64, 8, 91, 37];
/** A decimal field, for amounts. */
export const LIFETIME_VALUE_FIELD = { id: '8', label: 'Lifetime Value' } as const;
/** A free text field, for results of text helpers. */
export const NICKNAME_FIELD = { id: '1', label: 'Nickname' } as const;
/** A tag that no contact carries after a reset. */
export const DEMO_TAG = { id: '199', name: 'Tried the demo' } as const;
/** A goal of the automation "Helper goals": any call name of this integration is achieved. */
export const GOAL_INTEGRATION = 'myfusionhelper';
