import { createHash, createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { ipGeolocation, type HelperCrypto, type HelperJob, type RunPorts } from '#helpers';
import { HostedLinks } from '#hosted-links';
import type { Exchange, VectorCase } from '../vector-case.js';
import { GoogleSheetsFake, isForSheets } from '../fakes/google-sheets.js';
import { MemoryCrm } from './memory-crm.js';
import {
  MemoryDns,
  MemoryFiles,
  MemoryMail,
  MemoryNotifications,
  memoryPlatformKeys,
  MemorySnapshots,
} from './memory-delivery.js';
import { MemoryJournal } from './memory-journal.js';
import { MemoryChildren, MemoryCounters, MemoryDirectory, MemoryStateStore } from './memory-state.js';
import { MemoryServices } from './memory-services.js';
import { ScriptedHttp } from './scripted-http.js';
import { VirtualClock } from './virtual-clock.js';

const DEFAULT_NOW = '2026-01-15T12:00:00Z';

/** Signs in every case with the same key. */
const hostedLinks = new HostedLinks('https://app.example.com', [{ id: 'cases', key: Buffer.alloc(32, 7) }]);

const crypto: HelperCrypto = {
  sha256: (text, encoding) => createHash('sha256').update(text).digest(encoding),
  hmacSha256: (secret, text, encoding) => createHmac('sha256', secret).update(text).digest(encoding),
  encode: (text, encoding) => Buffer.from(text).toString(encoding),
  gzip: async (text) => gzipSync(text),
  seal: async (text) => `sealed:${Buffer.from(text).toString('base64')}`,
  unseal: async (sealed) => Buffer.from(sealed.slice('sealed:'.length), 'base64').toString(),
};

/** The same numbers in every run of a case. */
function repeatableRandom(): () => number {
  let state = 0x2545f491;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Everything a case describes, with the records of what a run did in it. */
export class World {
  readonly crm: MemoryCrm;
  readonly clock: VirtualClock;
  readonly http: ScriptedHttp;
  readonly journal = new MemoryJournal();
  readonly counters: MemoryCounters;
  readonly state: MemoryStateStore;
  readonly children: MemoryChildren;
  readonly mail = new MemoryMail();
  readonly notifications = new MemoryNotifications();
  readonly files: MemoryFiles;
  readonly snapshots = new MemorySnapshots();
  /** The spreadsheet of the case, where it has Google Sheets. */
  readonly sheets: GoogleSheetsFake | undefined;
  readonly ports: RunPorts;
  readonly job: HelperJob;

  /** @param script answers of the outside world, instead of those of the case */
  constructor(
    vector: VectorCase,
    script: readonly Exchange[] = vector.http ?? [],
    sheet: readonly (readonly string[])[] = [],
  ) {
    const { depth, ...identity } = vector.identity;
    const state = vector.state ?? {};
    this.crm = new MemoryCrm(vector);
    this.clock = new VirtualClock(vector.now ?? DEFAULT_NOW);
    this.http = new ScriptedHttp(script, this.clock);
    if (vector.services?.['google_sheets'] !== undefined) {
      this.sheets = new GoogleSheetsFake(sheet, sheetIdOf(vector.config));
      this.http.fake = (request) => this.sheets?.respond(request) ?? null;
    }
    this.counters = new MemoryCounters(state);
    this.state = new MemoryStateStore(state, this.counters.counters);
    const directory = new MemoryDirectory(state, identity.account_id);
    this.children = new MemoryChildren(directory, {
      accountId: identity.account_id,
      contactId: vector.contact.id,
      helper: {
        helperId: identity.helper_id,
        helperType: vector.type,
        name: vector.type,
        enabled: true,
        config: typeof vector.config === 'object' && vector.config !== null ? { ...vector.config } : {},
      },
    });
    this.files = new MemoryFiles(vector.files ?? {});
    this.job = {
      config: vector.config,
      input: vector.input ?? {},
      query: vector.query ?? {},
      identity: {
        accountId: identity.account_id,
        helperId: identity.helper_id,
        userId: identity.user_id,
        executionId: 'exec:00000000-0000-7000-8000-000000000000',
        contactId: vector.contact.id,
        ...(vector.no_crm === true ? {} : { connectionId: 'connection:c1' }),
        depth,
      },
    };
    this.ports = {
      connect: vector.no_crm === true ? null : () => Promise.resolve(this.crm),
      http: this.http,
      services: new MemoryServices(vector.services ?? {}, this.http, script),
      counters: this.counters,
      state: this.state,
      helpersDirectory: directory,
      children: this.children,
      links: { sign: (kind, claims, life) => hostedLinks.sign(kind, claims, this.clock.now(), life) },
      geolocation: ipGeolocation(this.http, this.clock, 'lookup-key'),
      mail: this.mail,
      dns: new MemoryDns(vector.dns ?? {}),
      files: this.files,
      snapshots: this.snapshots,
      notifications: this.notifications,
      platformKeys: memoryPlatformKeys,
      clock: this.clock,
      random: { next: repeatableRandom() },
      crypto,
      logger: { info: () => undefined, warn: () => undefined },
      signal: new AbortController().signal,
      remember: (step, compute) => this.journal.remember(step, compute),
      effect: (intent, work, check) => this.journal.effect(intent, work, check),
    };
  }

  /** The exchanges that no fake takes over: any calls that lead to the same sheet are right. */
  withoutFakes(exchanges: readonly Exchange[]): Exchange[] {
    const { sheets } = this;
    return exchanges.filter(({ request }) => sheets === undefined || !isForSheets(String(request['url'])));
  }
}

/** The tab that a configuration names by number; 0 otherwise. */
function sheetIdOf(config: unknown): number {
  const id = Number((config as { sheet_id?: unknown } | null)?.sheet_id);
  return Number.isInteger(id) ? id : 0;
}
