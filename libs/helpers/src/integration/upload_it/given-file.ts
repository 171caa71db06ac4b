import { z } from 'zod';
import { base64Bytes } from '../../_kit/files/base64-bytes.js';
import { downloadFile } from '../../_kit/files/download-file.js';
import { plainFileName } from '../../_kit/files/file-name.js';
import { HelperFailure } from '../../_kit/helper-failure.js';
import type { StoredFile } from '../../_kit/outside-ports.js';
import type { RunContext } from '../../_kit/run-context.js';
import type { UploadItConfig } from './upload-it.config.js';

/** A file as a request describes it: by content, by address, or by the key of a stored one. */
const GivenFile = z.object({
  name: z.string().optional(),
  content_type: z.string().optional(),
  content: z.string().optional(),
  content_base64: z.base64().optional(),
  url: z.string().optional(),
  key: z.string().optional(),
});
type GivenFile = z.output<typeof GivenFile>;

/** What somebody handed in on the page of this helper. */
const HandedIn = z
  .object({ file_key: z.string(), file_name: z.string().optional() })
  .transform(({ file_key: key, file_name: name }): GivenFile => ({ key, ...(name === undefined ? {} : { name }) }));

/** @returns undefined when the request holds no file. @throws HelperFailure `file_not_found` when it cannot be read */
export function requestedFile(input: Record<string, unknown>): GivenFile | undefined {
  const handedIn = HandedIn.safeParse(input);
  if (handedIn.success) return handedIn.data;
  if (input['file'] === undefined) return undefined;
  const given = GivenFile.safeParse(input['file']);
  if (given.success) return given.data;
  throw missing();
}

export interface FoundFile extends StoredFile {
  /** How it was named: key, address, or its own name. */
  source: string;
}

function ofContent({ name, content, content_base64: base64, content_type: type }: GivenFile): FoundFile | null {
  if (content === undefined && base64 === undefined) return null;
  const bytes = base64 === undefined ? new TextEncoder().encode(content) : base64Bytes(base64);
  const file = plainFileName(name ?? '');
  return { name: file, bytes, contentType: type ?? 'application/octet-stream', source: name ?? file };
}

function missing(): HelperFailure {
  return new HelperFailure(
    'file_not_found',
    'give_up',
    'There is no file: send it as "file" with name and content, url or key in the request.',
  );
}

async function ofKey({ files }: RunContext<unknown>, key: string): Promise<FoundFile> {
  const file = await files.get(key);
  if (file === null) throw missing();
  return { ...file, name: plainFileName(file.name), source: key };
}

/**
 * The file that a run is about: the request's, else the one of the configuration. Nothing is ever read from the disk
 * of a server: paths mean keys of the account's own files.
 * @throws HelperFailure `file_not_found`, `file_too_large`, and what a download may fail with
 */
export async function givenFile(context: RunContext<UploadItConfig>): Promise<FoundFile> {
  const { config, input, http } = context;
  const given = requestedFile(input) ?? {};
  const { url, key, name } = given;
  const named = name === undefined ? {} : { name };
  if (url !== undefined) {
    return { ...(await downloadFile(http, { url, maxMib: config.max_size_mb, ...named })), source: url };
  }
  if (key !== undefined) return ofKey(context, key);
  const inside = ofContent(given);
  if (inside !== null) return inside;
  if (config.file_path === undefined) throw missing();
  return ofKey(context, config.file_path);
}
