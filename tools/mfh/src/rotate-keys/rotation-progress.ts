import { defineCollection, type Collection, type Database, type StoredDocument } from '#persistence';

interface Progress extends StoredDocument {
  /** The key that the round wraps by. */
  key_id: string;
  after: string;
}

const progressCollection = defineCollection<Progress>({
  name: 'key-rotation',
  domain: 'key_rotation',
  title: 'Key rotation',
  fields: { key_id: String, after: String },
});

/** How far a round has come in each collection of a service, so that one that was stopped goes on where it was. */
export class RotationProgress {
  private constructor(
    private readonly collection: Collection<Progress>,
    private readonly keyId: string,
    private readonly reachedBefore: ReadonlyMap<string, string>,
  ) {}

  static async of(database: Database, keyId: string): Promise<RotationProgress> {
    const collection = database.collection(progressCollection);
    const known = await collection.find({ key_id: keyId });
    return new RotationProgress(collection, keyId, new Map(known.map(({ _id, after }) => [_id, after])));
  }

  isItself(name: string): boolean {
    return name === this.collection.name;
  }

  after(name: string): string | undefined {
    return this.reachedBefore.get(name);
  }

  async reached(name: string, after: string): Promise<void> {
    await this.collection.updateOne({ _id: name }, { $set: { key_id: this.keyId, after } }, { upsert: true });
  }

  /** The round is complete: the next one begins at the beginning. */
  async done(): Promise<void> {
    await this.collection.deleteMany({ key_id: this.keyId });
  }
}
