/**
 * The contract suite and a vendor.
 *
 * A vendor's file, `<vendor>.e2e-spec.ts`, holds one `VendorUnderTest` and calls `vendorContract(vendor)`. That starts
 * a demo CRM of 2,500 contacts, connects the real connector to it through `places = { sandboxUrl, crms: 'sandbox' }`,
 * runs every check, holds every exchange against the vendor's OpenAPI documents, and compares the results with those
 * checked in for `docs/connectors.md` (`npm run generate:connectors` writes them anew). A second argument adds checks of
 * the vendor's own; they get the same running `ContractSubject` and their exchanges are held against the documents, too.
 *
 * Nothing is left out quietly: where a vendor declares that it lacks something, the check becomes one that asserts
 * `unsupported` without a request. Whatever is declared here is asserted, so a wrong declaration fails.
 * Cursors that pass are those of `libs/connectors/src/_kit/cursor.ts`. Corrections of the vendor's documents stand in
 * `corrections/<vendor>.ts`. Contacts are the seeded ones (`1001` ...); every check takes its own. Checks of the
 * vendor's own take 200 and up.
 */
import type {
  Capability,
  ConnectorCredentials,
  ConnectorErrorKind,
  ConnectorOperation,
  CrmConnector,
  CustomField,
  FieldValue,
  ObservedCall,
  ObservedWait,
  PlatformPlaces,
  PlatformSlug,
  RelatedKind,
} from '#connectors';
import type { HttpRequester } from '#http';
import type { CallTable } from './contract/call-names.js';
import type { Vendor } from './corrections/correction.js';

/** Operations that a connector may leave out. */
export type OptionalOperation =
  | 'setOptInStatus'
  | 'createNote'
  | 'findNote'
  | 'hasTriggered'
  | 'createTag'
  | 'getRelated'
  | 'getEmailStats'
  | 'getEmailHistory'
  | 'updateRelated'
  | 'getGoalAchieved';

/** What a check is about: an operation, or the related records of one kind. */
export type Feature = ConnectorOperation | `getRelated ${RelatedKind}`;

/** One of the vendor's OpenAPI documents. */
export interface VendorDocument {
  /** Below the folder of the documents: `keap/keap-rest-v2.json`. */
  file: string;
  /** Path at the demo CRM that stands before the document's paths: `/keap/crm`. */
  below: string;
}

/** A planned misbehaviour of the demo CRM; only of the vendor's own routes. */
export interface Fault {
  id: string;
  match?: { method?: string; path?: string; contact_id?: string };
  times?: number;
  latency_ms?: number;
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  drop?: 'before' | 'after';
}

/** How a write goes over the wire, for faults planned for it. `path` may hold `*`. */
export interface WriteOnTheWire {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  /** Whether the connector makes the call again when its answer was lost. */
  repeatable: boolean;
}

/** A failure that the vendor reports with a status of success. */
export interface FailureInsideSuccess {
  name: string;
  /** The planned answer; it must be a valid one by the vendor's documents. */
  fault: Omit<Fault, 'id'>;
  act: (crm: CrmConnector, subject: ContractSubject) => Promise<unknown>;
  kind: ConnectorErrorKind;
}

/** Asks the vendor's own API at the demo CRM, past the connector. @param path below the demo CRM's address */
export type VendorApi = (method: string, path: string, body?: unknown) => Promise<unknown>;

/** Everything that the contract suite must know about a vendor. */
export interface VendorUnderTest {
  /** What is connected; `sandbox` is Keap's connector at the demo CRM's own platform. */
  platform: PlatformSlug;
  /** Whose documents, corrections and demo dialect hold. */
  vendor: Vendor;
  documents: readonly VendorDocument[];

  /** Credentials with a key; the demo CRM takes `sandbox-demo-key` and `sandbox-key-<name>`. */
  keyCredentials: (key: string, sandboxUrl: string) => ConnectorCredentials;
  /** Credentials with an OAuth token; absent where the vendor has no OAuth. */
  tokenCredentials?: (token: string, sandboxUrl: string) => ConnectorCredentials;
  /** Headers of a request past the connector. */
  apiHeaders: (key: string) => Record<string, string>;
  /** Status with which the vendor refuses an unknown key. 401 when absent. */
  refusedKeyStatus?: number;
  /** How the vendor asks for a pause of so many seconds, `retry-after` when absent. */
  rateLimit?: (seconds: number) => { status?: number; headers?: Record<string, string>; body?: unknown };

  /** Exactly what the connector says. */
  capabilities: readonly Capability[];
  /** The optional operations that the connector has. */
  optional: readonly OptionalOperation[];

  /** A tag that exists and that no contact carries. */
  tag: { id: string; name: string };
  /** A seeded tag that many contacts carry; `seedId` is its id in the demo CRM's seed. */
  popularTag: { id: string; name: string; seedId: string };

  listing: {
    /** Most contacts that one page holds, plainly and of one tag. */
    largestPage: number;
    largestTagPage: number;
    /** Whether a plain page tells how many contacts there are. */
    total: boolean;
    /** Whether `offset` may be used without a cursor. */
    offset: boolean;
    /** Names that `order_by` may have, both directions. */
    orders: readonly string[];
    /** Names that `filters` may have. */
    filters: readonly string[];
  };

  /** The standard fields that exist, each with two values in the product's form. */
  standardFields: Readonly<Record<string, readonly [string, string]>>;
  /** Standard fields that cannot be emptied: writing '' must be refused as `validation`. Never e-mail and names. */
  unclearable?: readonly string[];
  /** Custom fields, one of every sort the vendor has, with two values in the product's form. */
  customFields: readonly {
    sort: string;
    field: Pick<CustomField, 'id' | 'key' | 'label'>;
    values: readonly [FieldValue, FieldValue];
  }[];
  /** What a second contact of one address is: another contact, the same one, or refused as `conflict`. */
  sameAddress: 'another' | 'same' | 'conflict';

  /** An automation that contacts can be put into. */
  automation: string;
  /** A goal that something waits for; absent where `goals` is no capability. */
  goal?: { name: string; integration: string };
  /** Whether mail may be sent to the contact, asked past the connector; needed with `setOptInStatus`. */
  mayMail?: (api: VendorApi, contactId: string) => Promise<boolean>;
  /** Kinds that contact 0 has records of (three orders, payments, an opportunity ...), with a number to sum if any. */
  related: Readonly<Partial<Record<RelatedKind, { amount?: string }>>>;
  /** Two stages that `updateRelated` can move between; needed with it. */
  stages?: readonly [string, string];

  /** Needed for createContact and for those of createNote, triggerAutomation and achieveGoal that the vendor has. */
  writes: Readonly<
    Partial<Record<'createContact' | 'createNote' | 'triggerAutomation' | 'achieveGoal', WriteOnTheWire>>
  >;
  insideSuccess: readonly FailureInsideSuccess[];
  /** How many requests each scenario makes. */
  calls: CallTable;
  /** Limits and peculiarities, a short sentence each, for the page about connectors. */
  notes: Readonly<Partial<Record<Feature, string>>>;
}

/** An effect as the demo CRM's own log tells it. */
export interface Effect {
  operation: string;
  contact_id: string;
}

export interface Connecting {
  credentials?: ConnectorCredentials;
  refresh?: () => Promise<ConnectorCredentials>;
  signal?: AbortSignal;
  timeoutMs?: number;
  clock?: { now(): Date };
}

/** A connector of a new connection, with everything that its run observed. */
export interface Connected {
  crm: CrmConnector;
  /** A connector for another run of the same connection. */
  nextRun: () => CrmConnector;
  calls: ObservedCall[];
  waits: ObservedWait[];
}

/** A vendor while its checks run: ways to connect and control over the far side. */
export interface ContractSubject extends VendorUnderTest {
  sandboxUrl: string;
  connect: (options?: Connecting) => Connected;
  /** Seeded contacts by position; 2,500 of them. */
  contact: (index: number) => string;
  api: VendorApi;
  /** The HTTP client of connectors; what goes through it is held against the documents. */
  http: HttpRequester;
  places: PlatformPlaces;
  /** Plans misbehaviour of the vendor's routes; an empty list ends it. `documented`: the answers are held against the documents. */
  faults: (rules: readonly Fault[], documented?: boolean) => Promise<void>;
  effects: (contactId?: string) => Promise<Effect[]>;
  /** A contact with all that belongs to it as the demo CRM keeps it, in words that are no vendor's. */
  record: (contactId: string) => Promise<Record<string, unknown>>;
  /** Requests that connectors have sent so far. */
  sent: () => number;
  /** Ends access tokens early. */
  expireTokens: () => Promise<void>;
}
