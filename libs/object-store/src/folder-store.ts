import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { basename, dirname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { allOf, complete, measured } from './content.js';
import { accountFolder, isObjectKey } from './object-key.js';
import { ObjectChangedError, ObjectStoreError } from './object-store.js';
import type {
  ObjectFacts,
  ObjectStore,
  ObjectToWrite,
  ReadObject,
  ReadRange,
  StoredObject,
  WrittenObject,
} from './object-store.js';

/** What lies under a key: it names the file with the content, so that replacing it replaces everything at once. */
const Label = z.object({
  name: z.string(),
  contentType: z.string(),
  size: z.number(),
  version: z.string(),
  storedAt: z.coerce.date(),
  content: z.string(),
});
type Label = z.infer<typeof Label>;

const SUFFIX = '.object';
/** A reader that found the label of a file that was replaced at that moment looks again. */
const LOOKS = 3;

const isMissing = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 'ENOENT';

/** Files in a folder of this machine: for one machine, or a folder that all of them share. */
export class FolderStore implements ObjectStore {
  constructor(private readonly folder: string) {}

  async put(key: string, { bytes, ...label }: StoredObject): Promise<void> {
    await this.write(key, { ...label, content: once(bytes) });
  }

  async get(key: string): Promise<StoredObject | null> {
    const found = await this.read(key);
    return found && { name: found.name, contentType: found.contentType, bytes: await allOf(found.content) };
  }

  async write(key: string, { content, name, contentType }: ObjectToWrite): Promise<WrittenObject> {
    const file = this.fileOf(key);
    const draft = `${file}.${randomUUID()}`;
    const source = measured(content);
    await mkdir(dirname(file), { recursive: true }).catch((error: unknown) => {
      throw unusable(error);
    });
    try {
      await pipeline(source.content, createWriteStream(draft, { flush: true }));
      const before = await labelOf(file);
      const written = { size: source.size(), sha256: source.sha256(), version: randomUUID() };
      const label: Label = {
        name: name ?? basename(key),
        contentType: contentType ?? 'application/octet-stream',
        size: written.size,
        version: written.version,
        storedAt: new Date(),
        content: basename(draft),
      };
      await replace(file, JSON.stringify(label));
      if (before !== null) await rm(join(dirname(file), before.content), { force: true });
      return written;
    } catch (error) {
      await rm(draft, { force: true });
      throw source.failure() ?? unusable(error);
    }
  }

  async read(key: string, range: ReadRange = {}): Promise<ReadObject | null> {
    const file = this.fileOf(key);
    for (let look = 1; ; look += 1) {
      const label = await labelOf(file).catch((error: unknown) => {
        throw unusable(error);
      });
      if (label === null) return null;
      if (range.version !== undefined && range.version !== label.version) {
        throw new ObjectChangedError('The file was replaced meanwhile');
      }
      const content = await opened(join(dirname(file), label.content), label.size, range);
      if (content !== null)
        return { ...factsOf(key, label), name: label.name, contentType: label.contentType, content };
      if (look === LOOKS) throw new ObjectStoreError('The content of the file is missing');
    }
  }

  async *list(folder: string): AsyncIterable<ObjectFacts> {
    const top = this.inside(folder);
    for (const file of await filesBelow(top)) {
      const label = await labelOf(join(top, file));
      const key = `${folder}/${file.slice(0, -SUFFIX.length).split(sep).join('/')}`;
      if (label !== null) yield factsOf(key, label);
    }
  }

  async delete(key: string): Promise<void> {
    const file = this.fileOf(key);
    try {
      const label = await labelOf(file);
      await rm(file, { force: true });
      if (label !== null) await rm(join(dirname(file), label.content), { force: true });
    } catch (error) {
      throw unusable(error);
    }
  }

  async deleteFolder(folder: string): Promise<number> {
    const top = this.inside(folder);
    try {
      const files = await filesBelow(top);
      await rm(top, { recursive: true, force: true });
      return files.length;
    } catch (error) {
      throw unusable(error);
    }
  }

  deleteAccount(accountId: string): Promise<number> {
    return this.deleteFolder(accountFolder(accountId));
  }

  private fileOf(key: string): string {
    return `${this.inside(key)}${SUFFIX}`;
  }

  private inside(key: string): string {
    if (!isObjectKey(key)) throw new ObjectStoreError('The key of the file is not valid');
    return join(this.folder, key);
  }
}

const unusable = (error: unknown): ObjectStoreError =>
  error instanceof ObjectStoreError
    ? error
    : new ObjectStoreError('The folder of files cannot be used', { cause: error });

const factsOf = (key: string, { size, version, storedAt }: Label): ObjectFacts => ({ key, size, version, storedAt });

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

async function labelOf(file: string): Promise<Label | null> {
  try {
    return Label.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(SUFFIX));
  } catch (error) {
    if (isMissing(error)) return [];
    throw unusable(error);
  }
}

/** @returns null when the file is gone */
async function opened(
  file: string,
  size: number,
  { from = 0, length = size - from }: ReadRange,
): Promise<AsyncIterable<Uint8Array> | null> {
  const wanted = Math.min(length, size - from);
  if (wanted <= 0) return once(new Uint8Array());
  const stream = createReadStream(file, { start: from, end: from + wanted - 1 });
  try {
    await new Promise((resolve, reject) => stream.once('open', resolve).once('error', reject));
  } catch (error) {
    if (isMissing(error)) return null;
    throw unusable(error);
  }
  return complete(stream as AsyncIterable<Uint8Array>, wanted);
}

/** Readers see the old label or the new one, never a part. */
async function replace(file: string, content: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, content, { flush: true });
  await rename(draft, file);
}
