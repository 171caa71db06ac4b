import { Injectable } from '@nestjs/common';
import type { AccountScope, TriggerEvent } from '#contracts';
import { Database, defineCollection, TenantRepository, type TenantEntity, erasedByAccount } from '#persistence';

/** What a trigger of a helper waits for. The id is the trigger's; a deleted one stays for a while as not active. */
export interface WebhookWatch extends TenantEntity {
  connection_id?: string;
  event: TriggerEvent;
  filter: { tag_id?: string | undefined; field?: string | undefined };
  active: boolean;
  /** Of the trigger, when this was said of it. */
  trigger_version: number;
  expire_at?: Date;
}

export const webhookWatchesCollection = defineCollection<WebhookWatch>({
  name: 'webhook_watches',
  domain: 'connections',
  title: 'Trigger',
  erasure: erasedByAccount,
  fields: {
    connection_id: String,
    event: { type: String, required: true },
    filter: { type: Object, required: true },
    active: { type: Boolean, required: true },
    trigger_version: { type: Number, required: true },
    expire_at: Date,
  },
  indexes: [{ keys: { connection_id: 1, active: 1 } }, { keys: { expire_at: 1 }, options: { expireAfterSeconds: 0 } }],
});

/** As long as an older word about a deleted trigger may still be on its way. */
const DELETED_KEPT_MS = 8 * 24 * 60 * 60 * 1000;

@Injectable()
export class WebhookWatches extends TenantRepository<WebhookWatch> {
  constructor(database: Database) {
    super(database, webhookWatchesCollection);
  }

  ofConnection(scope: AccountScope, connectionId: string): Promise<WebhookWatch[]> {
    return this.list(scope, { connection_id: connectionId, active: true });
  }

  async awaits(scope: AccountScope, connectionId: string, event: TriggerEvent): Promise<boolean> {
    return (await this.findOne(scope, { connection_id: connectionId, active: true, event })) !== null;
  }

  /**
   * Takes up the latest word about a trigger; an older one changes nothing.
   * @returns the connections that are concerned
   */
  async follow(
    scope: AccountScope,
    triggerId: string,
    word: Pick<WebhookWatch, 'connection_id' | 'event' | 'filter' | 'active' | 'trigger_version'>,
  ): Promise<string[]> {
    const before = await this.find(scope, triggerId);
    if (before !== null && before.trigger_version >= word.trigger_version) return [];
    const gone = word.active ? {} : { expire_at: new Date(Date.now() + DELETED_KEPT_MS) };
    if (before === null) await this.insert(scope, { _id: triggerId, ...word, ...gone });
    else await this.update(scope, triggerId, { ...word, ...gone });
    return [...new Set([before?.connection_id, word.connection_id])].filter((id) => id !== undefined);
  }
}
