import { z } from 'zod';
import { HelperFailure } from '../../_kit/helper-failure.js';
import type { RunContext } from '../../_kit/run-context.js';
import { DATA_TYPES } from './keap-backup.config.js';

const StoredPage = z.object({
  key: z.string(),
  records: z.number(),
  bytes: z.number(),
  /** Of the content before compression. */
  sha256: z.string(),
});
export type StoredPage = z.infer<typeof StoredPage>;

const TypeResult = z.object({
  success: z.boolean(),
  record_count: z.number(),
  files: z.array(StoredPage),
  error: z.string().optional(),
});
export type TypeResult = z.infer<typeof TypeResult>;

/** How far a backup has come: enough for another execution to go on with it. */
const Progress = z.object({
  format: z.literal('keap-backup-progress-1'),
  backup_id: z.string(),
  timestamp: z.string(),
  results: z.partialRecord(z.enum(DATA_TYPES), TypeResult),
  /** The kind in the middle of which it stopped, and where that goes on. */
  open: z
    .object({ type: z.enum(DATA_TYPES), page: z.number(), cursor: z.string().nullable(), result: TypeResult })
    .optional(),
});
export type Progress = z.infer<typeof Progress>;

const stamp = (now: Date): string =>
  now
    .toISOString()
    .replace(/\.\d{3}Z$/, 'Z')
    .replaceAll(':', '-');

const readable = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // Not JSON: refused by the schema like any other file that is none of ours.
    return undefined;
  }
};

/** Where to begin: with a backup of its own, or where the execution before this one stopped. */
export async function beginOrGoOn({
  files,
  clock,
  identity,
  input,
  remember,
}: Pick<RunContext<unknown>, 'files' | 'clock' | 'identity' | 'input' | 'remember'>): Promise<Progress> {
  const { continue_from: key } = input;
  if (typeof key !== 'string') {
    const timestamp = await remember('timestamp', () => Promise.resolve(stamp(clock.now())));
    return { format: 'keap-backup-progress-1', backup_id: identity.executionId, timestamp, results: {} };
  }
  const file = await files.get(key);
  const parsed = Progress.safeParse(file === null ? undefined : readable(file.bytes));
  if (parsed.success) return parsed.data;
  throw new HelperFailure('invalid_input', 'give_up', 'continue_from names no unfinished backup of this account.');
}
