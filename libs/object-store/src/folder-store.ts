import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { accountFolder, isObjectKey } from './object-key.js';
import { ObjectStoreError, type ObjectStore, type StoredObject } from './object-store.js';

const Label = z.object({ name: z.string(), contentType: z.string() });

const SUFFIX = '.object';

const isMissing = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 'ENOENT';

/** Files in a folder of this machine: for one machine, or a folder that all of them share. */
export class FolderStore implements ObjectStore {
  constructor(private readonly folder: string) {}

  async put(key: string, { bytes, ...label }: StoredObject): Promise<void> {
    await this.attempt(async () => {
      const file = this.fileOf(key);
      await mkdir(dirname(file), { recursive: true });
      // The label first: a file without one would be unreadable, a label alone is harmless.
      await replace(`${file}.label`, JSON.stringify(label));
      await replace(file, bytes);
    });
  }

  get(key: string): Promise<StoredObject | null> {
    return this.attempt(async () => {
      try {
        const file = this.fileOf(key);
        const [bytes, label] = await Promise.all([readFile(file), readFile(`${file}.label`, 'utf8')]);
        return { ...Label.parse(JSON.parse(label)), bytes };
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    });
  }

  async delete(key: string): Promise<void> {
    await this.attempt(async () => {
      const file = this.fileOf(key);
      await Promise.all([rm(file, { force: true }), rm(`${file}.label`, { force: true })]);
    });
  }

  deleteAccount(accountId: string): Promise<number> {
    return this.attempt(async () => {
      const folder = join(this.folder, accountFolder(accountId));
      const files = await readdir(folder, { recursive: true }).catch((error: unknown) => {
        if (isMissing(error)) return [];
        throw error;
      });
      await rm(folder, { recursive: true, force: true });
      return files.filter((file) => file.endsWith(SUFFIX)).length;
    });
  }

  private fileOf(key: string): string {
    if (!isObjectKey(key)) throw new ObjectStoreError('The key of the file is not valid');
    return join(this.folder, `${key}${SUFFIX}`);
  }

  private async attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof ObjectStoreError) throw error;
      throw new ObjectStoreError('The folder of files cannot be used', { cause: error });
    }
  }
}

/** Readers see the old content or the new one, never a part. */
async function replace(file: string, content: string | Uint8Array): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, content);
  await rename(draft, file);
}
