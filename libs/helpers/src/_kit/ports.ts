import type { CrmConnector } from '#connectors';
import type { LinkKind, LinkLife } from '#hosted-links';
import type { ContactSnapshots } from './contact-snapshots.js';
import type { EffectJournal } from './effects.js';
import type { ServiceConnections } from './service-connections.js';
import type { IpGeolocation } from '../_services/ip-geolocation/ip-location.js';
import type { HelperDns, HelperFiles, HelperMail, HelperNotifications, PlatformKeys } from './outside-ports.js';

/** Outgoing HTTP of helpers: public addresses only, limited in time and size. */
export interface HelperHttp {
  /**
   * An answer of any status is an answer.
   * @throws HelperFailure `blocked_url`, `response_too_large`, `bad_response` (give up), `network_error`,
   * `request_timeout` (retry)
   */
  request(request: HelperHttpRequest): Promise<HelperHttpResponse>;
}

export interface HelperHttpRequest {
  method: string;
  url: string;
  headers?: Record<string, string>;
  /** Sent as it is, text in UTF-8, with every method. */
  body?: string | Uint8Array;
  timeoutMs?: number;
  /** Largest answer accepted, in bytes. */
  maxResponseBytes?: number;
}

export interface HelperHttpResponse {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  text: string;
  bytes: Uint8Array;
}

/** Counters that survive runs, shared by all runners. */
export interface CounterStore {
  /**
   * Counts one in a fixed window that starts with its first count, unless `max` is reached; atomic, and once per
   * execution and step however often the execution is delivered.
   * @returns the count afterwards, and whether this one was counted
   * @throws HelperFailure `state_store_error` (retry)
   */
  countInWindow(
    key: string,
    max: number,
    windowSeconds: number,
    step?: string,
  ): Promise<{ allowed: boolean; count: number }>;
}

/**
 * Small values that a helper keeps between runs, shared by all runners: the position of a split or a drip, the deadline
 * of a timer. Keys belong to the account; a type puts its own name and the helper's id into them.
 */
export interface StateStore {
  /**
   * Moves a counter on by one; atomic, and once per execution and step however often the execution is delivered.
   * @returns the counter afterwards: 1 for the first execution of all
   * @throws HelperFailure `state_store_error` (retry)
   */
  advance(key: string, step?: string): Promise<number>;
  /** @returns null when nothing is stored. @throws HelperFailure `state_store_error` (retry) */
  read(key: string): Promise<string | null>;
  /**
   * Stores `next` if what is stored is `expected` (null: nothing); atomic. With `expected: null` the first of many
   * runs decides, and the others are told its value. A second delivery of the run that stored it is told so again.
   * @returns whether it was stored, and the value that is stored now
   * @throws HelperFailure `state_store_error` (retry)
   */
  compareAndSet(change: StateChange): Promise<{ stored: boolean; value: string | null }>;
}

export interface StateChange {
  key: string;
  expected: string | null;
  next: string;
  /** From then on nothing is stored under the key. For ever when left out. */
  keepUntil?: Date;
  /** Tells changes of one run to the same key apart. */
  step?: string;
}

/** A configured helper of the run's own account. */
export interface HelperSummary {
  helperId: string;
  helperType: string;
  name: string;
  enabled: boolean;
  connectionId?: string;
  config: Record<string, unknown>;
}

export interface HelpersDirectory {
  /** @param identifier full id, bare uuid or short key. @returns null when the account has no such helper */
  resolve(identifier: string): Promise<HelperSummary | null>;
}

/** One step of a sequence of child executions. */
export interface ChildStep {
  helperId: string;
  /** Replaces the helper's whole configuration for this run. */
  config?: Record<string, unknown>;
  /** Another contact of the same CRM than that of the run. */
  contactId?: string;
  /** Whole seconds between the end of the step before (or now) and the start of this one. */
  delaySeconds: number;
}

/** Executions that follow each other: a step is queued when the one before it has ended. */
export interface ChildSequence {
  steps: ChildStep[];
  /** A failed step is the last one. */
  stopOnFailure: boolean;
  /** Queued when every step succeeded. */
  onSuccess: ChildStep[];
  /** Queued when a step failed. */
  onFailure: ChildStep[];
  /** Handed to every step. */
  input: Record<string, unknown>;
}

export interface ChildExecutions {
  /**
   * Makes the sequence durable for the contact of this run. Ids come from the execution and the position, so that a
   * second delivery starts nothing twice.
   * @returns the execution ids of `steps`, in order
   */
  start(sequence: ChildSequence): Promise<string[]>;
}

/** Signed URLs of the pages, pictures and redirects that the platform serves. */
export interface LinkSigner {
  /**
   * @param claims what the page will know; readable by whoever has the URL
   * @param life 30 days when left out
   * @returns an absolute URL; it can be neither changed nor used for another kind of page
   */
  sign(kind: LinkKind, claims: Record<string, unknown>, life?: LinkLife): Promise<string>;
}

export interface RunClock {
  now(): Date;
  /** Ends early with HelperFailure `aborted` (retry) when the run is stopped. */
  sleep(milliseconds: number): Promise<void>;
}

export interface RandomSource {
  /** 0 <= number < 1, fit for secrets. */
  next(): number;
}

export type TextEncoding = 'hex' | 'base64' | 'base64url';

/** Texts are hashed, encoded and compressed in UTF-8. */
export interface HelperCrypto {
  sha256(text: string, encoding: TextEncoding): string;
  hmacSha256(secret: string, text: string, encoding: TextEncoding): string;
  encode(text: string, encoding: TextEncoding): string;
  /** Compressed by gzip. */
  gzip(text: string): Promise<Uint8Array>;
  /** Encrypts for the account of the run, so that a secret may be remembered without anyone being able to read it. */
  seal(text: string): Promise<string>;
  /** What was sealed for this account. */
  unseal(sealed: string): Promise<string>;
}

export interface HelperLogger {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
}

/** Everything a runner supplies for one run. */
export interface RunPorts extends EffectJournal {
  /** Opens the connection of the helper; called at most once, and only when the CRM is needed. Null: there is none. */
  connect: (() => Promise<CrmConnector>) | null;
  http: HelperHttp;
  services: ServiceConnections;
  counters: CounterStore;
  state: StateStore;
  helpersDirectory: HelpersDirectory;
  children: ChildExecutions;
  links: LinkSigner;
  geolocation: IpGeolocation;
  mail: HelperMail;
  dns: HelperDns;
  files: HelperFiles;
  snapshots: ContactSnapshots;
  notifications: HelperNotifications;
  platformKeys: PlatformKeys;
  clock: RunClock;
  random: RandomSource;
  crypto: HelperCrypto;
  logger: HelperLogger;
  signal: AbortSignal;
}
