import type { AccountScope } from '#contracts';
import type { VendorWebhooks } from '#connectors';
import type { Connection } from '../persistence/connection.collection.js';
import type { VendorDirectory } from '../vendor/vendor-directory.js';
import type { WebhookWatch } from './webhook-watches.repository.js';

/** What a connection has to be subscribed to, so that its triggers hear of everything. */
export async function wantedTopics(
  webhooks: VendorWebhooks,
  watches: readonly WebhookWatch[],
  tagIdOf: (tag: string) => Promise<string | undefined>,
): Promise<Set<string>> {
  const topics = new Set<string>();
  for (const { event, filter } of watches) {
    const tag = filter.tag_id;
    const tagId = tag === undefined || webhooks.tagByTag !== true ? tag : await tagIdOf(tag);
    for (const topic of webhooks.topics?.(event, tagId) ?? []) topics.add(topic);
  }
  return topics;
}

/** The vendor's id of a tag that is named by id or by name; undefined when it has none. */
export async function tagIdAt(
  directory: VendorDirectory,
  scope: AccountScope,
  connection: Connection,
  tag: string,
): Promise<string | undefined> {
  const tags = await directory.tags(scope, connection);
  const wanted = tag.trim().toLowerCase();
  return (tags.find(({ id }) => id === tag) ?? tags.find(({ name }) => name.trim().toLowerCase() === wanted))?.id;
}
