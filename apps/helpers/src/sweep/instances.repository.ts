import { Injectable } from '@nestjs/common';
import { Database, defineCollection, SystemRepository, type Entity, keptBecause } from '#persistence';

export interface InstanceRecord extends Entity {
  seen_at: Date;
}

export const instancesCollection = defineCollection<InstanceRecord>({
  name: 'instances',
  domain: 'helpers',
  title: 'Instance',
  erasure: keptBecause('processes belong to no account'),
  fields: { seen_at: Date },
});

/** Signs of life of the processes of this service. */
@Injectable()
export class InstancesRepository extends SystemRepository<InstanceRecord> {
  constructor(database: Database) {
    super(database, instancesCollection);
  }

  async seen(id: string, now: Date): Promise<void> {
    await this.system('processes belong to no account').updateOne(
      { _id: id },
      { $set: { seen_at: now, updated_at: now }, $setOnInsert: { created_at: now, version: 1 } },
      { upsert: true },
    );
  }

  /** Ids of processes that showed a sign of life since `since`. */
  async alive(since: Date): Promise<Set<string>> {
    const rows = await this.system('processes belong to no account').find({ seen_at: { $gte: since } });
    return new Set(rows.map((row) => row._id));
  }

  async remove(id: string): Promise<void> {
    await this.system('processes belong to no account').deleteOne({ _id: id });
  }
}
