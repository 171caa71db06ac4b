import type { RunContext } from '../../_kit/run-context.js';
import type { StoredPage } from './progress.js';

type Store = Pick<RunContext<unknown>, 'files' | 'effect'>;

/** Once an execution, by its name. */
function kept({ files, effect }: Store, name: string, file: Parameters<Store['files']['put']>[0]) {
  const intent = {
    step: `file ${name}`,
    operation: 'storeFile',
    target: file.name,
    summary: `Keep ${file.name}`,
  } as const;
  return effect(intent, () => files.put(file));
}

/** Keeps records as lines of JSON, compressed. */
export async function storePage(
  context: Store & Pick<RunContext<unknown>, 'crypto'>,
  name: string,
  records: readonly object[],
): Promise<StoredPage> {
  const { crypto } = context;
  const text = records.map((record) => `${JSON.stringify(record)}\n`).join('');
  const bytes = await crypto.gzip(text);
  const { key } = await kept(context, name, { name: `${name}.ndjson.gz`, contentType: 'application/gzip', bytes });
  return { key, records: records.length, bytes: bytes.byteLength, sha256: crypto.sha256(text, 'hex') };
}

/** Keeps a description as JSON. @returns its key */
export async function storeJson(context: Store, name: string, content: object): Promise<string> {
  const bytes = new TextEncoder().encode(`${JSON.stringify(content, undefined, 2)}\n`);
  const { key } = await kept(context, name, { name: `${name}.json`, contentType: 'application/json', bytes });
  return key;
}
