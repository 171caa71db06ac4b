import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { HookState } from './hooks/hook-book.js';
import type { GrantState } from './access/oauth-grants.js';
import type { StoreDifferences } from './store/crm-store.js';

/** What a restart brings back: how the store was seeded, what changed since, and the tokens that are still good. */
export interface Snapshot {
  format: 1;
  seed: number;
  contacts: number;
  store: StoreDifferences;
  grants: GrantState;
  /** Absent in states that were written before there were webhooks. */
  hooks?: HookState;
}

const SHORTEST_PAUSE_MS = 300;
/** Writing a large state takes at most about this share of the time. */
const LARGEST_SHARE = 0.05;

/**
 * Keeps the latest state in a file. Changes are gathered for a moment and the file is replaced as a whole, so that a
 * crash leaves either the old or the new state.
 */
export class SnapshotFile {
  #timer: NodeJS.Timeout | undefined;
  #pause = SHORTEST_PAUSE_MS;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly path: string,
    private readonly take: () => Snapshot,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Says that something changed. */
  changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#write();
    }, this.#pause);
  }

  /** Writes what is still waiting; call it before the process ends. */
  async flush(): Promise<void> {
    if (this.#timer !== undefined) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#write();
    }
    await this.#writing;
  }

  #write(): void {
    this.#writing = this.#writing.then(() => this.#replace()).catch(this.onError);
  }

  async #replace(): Promise<void> {
    const started = performance.now();
    const half = `${this.path}.part`;
    await mkdir(dirname(this.path), { recursive: true });
    await writeFile(half, JSON.stringify(this.take()), { flush: true });
    await rename(half, this.path);
    this.#pause = Math.max(SHORTEST_PAUSE_MS, (performance.now() - started) / LARGEST_SHARE);
  }
}

/** The state in a file, or undefined when there is none. A file that cannot be read is an error. */
export async function readSnapshot(path: string): Promise<Snapshot | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (isMissingFile(error)) return undefined;
    throw error;
  }
  const snapshot = parsed(text);
  if (snapshot?.format === 1) return snapshot;
  throw new Error(`${path} does not hold a state of the sandbox CRM: delete it to start afresh`);
}

function parsed(text: string): Snapshot | undefined {
  try {
    return JSON.parse(text) as Snapshot;
  } catch {
    // The caller names the file and says what to do.
    return undefined;
  }
}

function isMissingFile(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}
