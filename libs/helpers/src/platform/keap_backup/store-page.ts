import type { RunContext } from '../../_kit/run-context.js';
import type { StoredPage } from './progress.js';

/** Keeps records as lines of JSON, compressed. */
export async function storePage(
  { files, crypto, effect }: Pick<RunContext<unknown>, 'files' | 'crypto' | 'effect'>,
  name: string,
  records: readonly object[],
): Promise<StoredPage> {
  const text = records.map((record) => `${JSON.stringify(record)}\n`).join('');
  const bytes = await crypto.gzip(text);
  const file = { name: `${name}.ndjson.gz`, contentType: 'application/gzip', bytes };
  const intent = {
    step: `file ${name}`,
    operation: 'storeFile',
    target: file.name,
    summary: `Keep ${file.name}`,
  } as const;
  const { key } = await effect(intent, () => files.put(file));
  return { key, records: records.length, bytes: bytes.byteLength, sha256: crypto.sha256(text, 'hex') };
}

/** Keeps a description as JSON. @returns its key */
export async function storeJson(
  { files, effect }: Pick<RunContext<unknown>, 'files' | 'effect'>,
  name: string,
  content: object,
): Promise<string> {
  const bytes = new TextEncoder().encode(`${JSON.stringify(content, undefined, 2)}\n`);
  const file = { name: `${name}.json`, contentType: 'application/json', bytes };
  const intent = {
    step: `file ${name}`,
    operation: 'storeFile',
    target: file.name,
    summary: `Keep ${file.name}`,
  } as const;
  return (await effect(intent, () => files.put(file))).key;
}
