import { HelperFailure } from '../helper-failure.js';
import type {
  ChildExecutions,
  ChildStep,
  CounterStore,
  HelperHttp,
  HelpersDirectory,
  RunPorts,
  StateStore,
} from '../ports.js';
import type { RunIdentity } from '../run-context.js';
import type { ServiceConnections, ServiceCredentials } from '../service-connections.js';
import type { DryRunNotes } from './dry-run-notes.js';
import {
  recordingFiles,
  recordingKeys,
  recordingMail,
  recordingNotifications,
  recordingSnapshots,
} from './recording-deliveries.js';
import { RecordingCrm } from './recording-crm.js';

/** Tells how a counter stands without counting: one in a window, or one that runs on for ever. */
export type ReadCount = (kind: 'window' | 'lasting', key: string) => Promise<number>;

/** Nobody is asked, so that nobody's answer is known: an empty one stands for it. */
function recordingHttp(notes: DryRunNotes): HelperHttp {
  return {
    async request(request) {
      const url = URL.parse(request.url);
      if (url === null || !/^https?:$/.test(url.protocol)) {
        throw new HelperFailure('blocked_url', 'give_up', 'This is no address that can be called.');
      }
      notes.requested(request);
      notes.warnings.add(
        `${request.method} ${url.origin} was not sent; where the helper needs its answer, an empty one stood for it.`,
      );
      return {
        status: 200,
        headers: { 'content-type': 'application/json' },
        text: '{}',
        bytes: new TextEncoder().encode('{}'),
      };
    },
  };
}

/** Credentials are looked up for real, so that a missing connection shows, and never appear in the report. */
function recordingServices(services: ServiceConnections, notes: DryRunNotes): ServiceConnections {
  const noted = (credentials: ServiceCredentials): ServiceCredentials => {
    for (const secret of [credentials.accessToken, credentials.apiKey, credentials.apiSecret]) {
      if (secret !== undefined) notes.secrets.add(secret);
    }
    return credentials;
  };
  return {
    connection: async (slug, connectionId) => noted(await services.connection(slug, connectionId)),
    renewed: async () => null,
  };
}

function recordingCounters(read: ReadCount): CounterStore {
  const counted = new Map<string, number>();
  return {
    async countInWindow(key, max) {
      const count = counted.get(key) ?? (await read('window', key));
      if (count >= max) return { allowed: false, count };
      counted.set(key, count + 1);
      return { allowed: true, count: count + 1 };
    },
  };
}

function recordingState(state: StateStore, readCount: ReadCount): StateStore {
  const values = new Map<string, string>();
  const counters = new Map<string, number>();
  const read = async (key: string): Promise<string | null> => values.get(key) ?? (await state.read(key));
  return {
    read,
    async advance(key) {
      const next = (counters.get(key) ?? (await readCount('lasting', key))) + 1;
      counters.set(key, next);
      return next;
    },
    async compareAndSet({ key, expected, next }) {
      const value = await read(key);
      if (value !== expected) return { stored: false, value };
      values.set(key, next);
      return { stored: true, value: next };
    },
  };
}

/** @param ownId the helper that runs, which may start itself again */
function recordingChildren(directory: HelpersDirectory, notes: DryRunNotes, ownId: string): ChildExecutions {
  const resolved = async ({ helperId }: ChildStep): Promise<string> => {
    if (helperId === ownId) return ownId;
    const helper = await directory.resolve(helperId);
    if (helper === null) throw new HelperFailure('helper_not_found', 'give_up', `There is no helper ${helperId}.`);
    return helper.helperId;
  };
  return {
    async start({ steps, onSuccess, onFailure }) {
      let delay = 0;
      const ids: string[] = [];
      for (const step of steps) {
        delay += step.delaySeconds;
        notes.enqueued.push({ helper_id: await resolved(step), delay_seconds: delay });
        ids.push(`dry-run-execution-${notes.enqueued.length}`);
      }
      for (const step of [...onSuccess, ...onFailure]) await resolved(step);
      if (onSuccess.length > 0) notes.warnings.add(`When every step succeeds, ${onSuccess.length} more would follow.`);
      if (onFailure.length > 0) notes.warnings.add(`When a step fails, ${onFailure.length} more would follow.`);
      return ids;
    },
  };
}

/** The ports of a real run, with everything that changes something replaced by a note. */
export function recordingPorts(
  ports: RunPorts,
  notes: DryRunNotes,
  readCount: ReadCount,
  { contactId, helperId }: RunIdentity,
): RunPorts {
  const { connect } = ports;
  const remembered = new Map<string, unknown>();
  return {
    connect: connect === null ? null : async () => new RecordingCrm(await connect(), notes, contactId),
    http: recordingHttp(notes),
    services: recordingServices(ports.services, notes),
    counters: recordingCounters(readCount),
    state: recordingState(ports.state, readCount),
    helpersDirectory: ports.helpersDirectory,
    children: recordingChildren(ports.helpersDirectory, notes, helperId),
    links: ports.links,
    geolocation: ports.geolocation,
    mail: recordingMail(ports.mail, notes),
    dns: ports.dns,
    files: recordingFiles(ports.files, notes),
    snapshots: recordingSnapshots(notes),
    notifications: recordingNotifications(notes),
    platformKeys: recordingKeys(ports.platformKeys, notes),
    clock: { now: () => ports.clock.now(), sleep: () => Promise.resolve() },
    random: ports.random,
    crypto: ports.crypto,
    logger: ports.logger,
    signal: ports.signal,
    async remember<T>(step: string, compute: () => Promise<T>): Promise<T> {
      if (!remembered.has(step)) remembered.set(step, await compute());
      return remembered.get(step) as T;
    },
    effect: ({ step }, work) => work(step),
  };
}
