import { Injectable } from '@nestjs/common';
import type { AccountScope } from '#contracts';
import { Database, defineCollection, erasedByAccount, TenantRepository } from '#persistence';
import type { TenantEntity } from '#persistence';

/** A file of an account in the object store; its id is the key there. */
interface KeptFile extends TenantEntity {
  /** Bytes. */
  size: number;
}

const keptFiles = defineCollection<KeptFile>({
  name: 'kept_files',
  domain: 'files',
  title: 'File',
  erasure: erasedByAccount,
  fields: { size: Number },
  indexes: [{ keys: { account_id: 1, size: 1 } }],
});

@Injectable()
export class KeptFilesRepository extends TenantRepository<KeptFile> {
  constructor(database: Database) {
    super(database, keptFiles);
  }

  /** Bytes of all files but this one, which is going to be replaced. */
  async bytesBeside(scope: AccountScope, key: string | undefined): Promise<number> {
    const [sum] = await this.aggregate<{ bytes: number }>(scope, [
      ...(key === undefined ? [] : [{ $match: { _id: { $ne: key } } }]),
      { $group: { _id: null, bytes: { $sum: '$size' } } },
    ]);
    return sum?.bytes ?? 0;
  }

  /** A file under a key takes the place of the one before. */
  async put(scope: AccountScope, key: string, size: number): Promise<void> {
    const before = await this.find(scope, key);
    if (before === null) await this.insert(scope, { _id: key, size });
    else await this.update(scope, key, { size });
  }
}
