import { Injectable } from '@nestjs/common';
import { Database, defineCollection, SystemRepository, type Entity, keptBecause } from '#persistence';

interface StreamSeen extends Entity {
  /** When the broker says that the stream was created. */
  stream_created: string;
}

export const streamsSeenCollection = defineCollection<StreamSeen>({
  name: 'streams_seen',
  domain: 'helpers',
  title: 'Stream',
  erasure: keptBecause('streams of the broker belong to no account'),
  fields: { stream_created: String },
});

/** Remembers which incarnation of a stream was filled, so that an emptied broker is noticed. */
@Injectable()
export class StreamsSeenRepository extends SystemRepository<StreamSeen> {
  constructor(database: Database) {
    super(database, streamsSeenCollection);
  }

  async created(stream: string): Promise<string | undefined> {
    return (await this.system('streams belong to no account').findOne({ _id: stream }))?.stream_created;
  }

  async remember(stream: string, created: string): Promise<void> {
    const now = new Date();
    await this.system('streams belong to no account').updateOne(
      { _id: stream },
      { $set: { stream_created: created, updated_at: now }, $setOnInsert: { created_at: now, version: 1 } },
      { upsert: true },
    );
  }
}
