import type { RunContext } from '../../_kit/run-context.js';
import { stopsRun, toRunFailure } from '../../_kit/run-failure.js';
import type { DataType, KeapBackupConfig } from './keap-backup.config.js';
import { KeapRecords, type ReadPage } from './keap-records.js';
import type { Progress, StoredPage, TypeResult } from './progress.js';
import { storePage } from './store-page.js';

/** Well below the longest time that a run may take. */
const RUN_BUDGET_MS = 150_000;
/** Executions that follow each other may not be deeper. */
const DEEPEST = 10;

type Context = RunContext<KeapBackupConfig>;
type Page = { stop: true } | { failed: string } | { next: string | null; file: StoredPage | null };

/** Exports until everything is done or the time of this run is up. Each page is exported once for an execution. */
class Export {
  readonly #context: Context;
  readonly #progress: Progress;
  readonly #until: number;

  constructor(context: Context, progress: Progress) {
    this.#context = context;
    this.#progress = progress;
    this.#until = context.clock.now().getTime() + RUN_BUDGET_MS;
  }

  /** @returns false when the time was up in the middle of it */
  async type(type: DataType, read: ReadPage): Promise<boolean> {
    const { open } = this.#progress;
    const resumed = open?.type === type ? open : undefined;
    const result: TypeResult = resumed?.result ?? { success: true, record_count: 0, files: [] };
    let page = resumed?.page ?? 1;
    let cursor = resumed?.cursor ?? null;
    delete this.#progress.open;
    for (;;) {
      const exported = await this.#page(type, page, cursor, read);
      if ('stop' in exported) {
        this.#progress.open = { type, page, cursor, result };
        return false;
      }
      if ('failed' in exported) {
        this.#context.warn(`${type}: ${exported.failed}`);
        this.#progress.results[type] = { ...result, success: false, error: exported.failed };
        return true;
      }
      const { file, next } = exported;
      if (file !== null) result.files.push(file);
      result.record_count += file?.records ?? 0;
      if (next === null) break;
      cursor = next;
      page += 1;
    }
    this.#progress.results[type] = result;
    return true;
  }

  /** What became of a page is decided once, also that it cannot be had. */
  #page(type: DataType, page: number, cursor: string | null, read: ReadPage): Promise<Page> {
    const { remember, clock, identity } = this.#context;
    return remember(`${type} ${page}`, async (): Promise<Page> => {
      if (clock.now().getTime() > this.#until && identity.depth < DEEPEST) return { stop: true };
      try {
        const { records, next } = await read(cursor);
        const name = `${this.#progress.timestamp}-${type}-page-${page}`;
        const file = records.length === 0 ? null : await storePage(this.#context, name, records);
        return { next, file };
      } catch (error) {
        if (stopsRun(error)) throw error;
        return { failed: toRunFailure(error).message };
      }
    });
  }
}

/**
 * Exports the kinds that are not done yet, into `progress`.
 * @returns whether all of them are done now
 */
export async function exportTypes(context: Context, progress: Progress): Promise<boolean> {
  const records = new KeapRecords(context, context.config.page_size);
  const run = new Export(context, progress);
  for (const type of new Set(context.config.data_types)) {
    if (progress.results[type] !== undefined) continue;
    if (!(await run.type(type, records.reader(type)))) return false;
  }
  return true;
}
