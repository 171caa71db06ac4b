import { Injectable } from '@nestjs/common';
import { Problem, scopeOf, type questions, type AnswerOf, type RequestOf } from '#contracts';
import { fieldWords, webhooksOf, type PlatformSlug } from '#connectors';
import type { Connection } from '../persistence/connection.collection.js';
import { Connections } from '../persistence/connections.repository.js';
import { PlatformRegistry } from '../platforms/platform-registry.js';
import { VendorDirectory } from '../vendor/vendor-directory.js';

type Asked = RequestOf<typeof questions.prepareTrigger>;
type Prepared = AnswerOf<typeof questions.prepareTrigger>;

/** Checks what a helper is to wait for against what the vendor tells, and finds the vendor's words for it. */
@Injectable()
export class PrepareTrigger {
  constructor(
    private readonly connections: Connections,
    private readonly registry: PlatformRegistry,
    private readonly directory: VendorDirectory,
  ) {}

  /** @throws Problem 404, 422 `triggers.unsupported`, 422 `triggers.invalid_filter`, and those of the vendor */
  async prepare({ account_id, connection_id, event, filter }: Asked): Promise<Prepared> {
    const scope = scopeOf(account_id);
    const connection = await this.connections.get(scope, connection_id);
    const { slug, name } = this.registry.get(connection.platform_id).record;
    const webhooks = webhooksOf(slug);
    const reason = webhooks === undefined ? `${name} does not tell of changed contacts` : webhooks.lacks[event];
    if (webhooks === undefined || reason !== undefined) {
      throw new Problem(422, 'triggers.unsupported', reason ?? '', { errors: [fault('event', reason ?? '')] });
    }
    const isTag = event === 'tag_applied' || event === 'tag_removed';
    if (isTag && filter.tag_id === undefined && webhooks.tagByTag === true) {
      throw invalidFilter('filter.tag_id', `${name} tells of tags one by one: name the tag in filter.tag_id`);
    }
    return {
      platform: slug,
      tag: filter.tag_id === undefined ? [] : await this.#tagWords(scope, connection, filter.tag_id),
      field:
        filter.field === undefined
          ? []
          : fieldWords(
              slug as PlatformSlug,
              this.registry.places,
              await this.directory.customFields(scope, connection),
              filter.field,
            ),
    };
  }

  async #tagWords(scope: ReturnType<typeof scopeOf>, connection: Connection, asked: string): Promise<string[]> {
    const tags = await this.directory.tags(scope, connection);
    const wanted = asked.trim().toLowerCase();
    const tag = tags.find(({ id }) => id === asked) ?? tags.find(({ name }) => name.trim().toLowerCase() === wanted);
    if (tag === undefined) throw invalidFilter('filter.tag_id', `There is no tag ${asked}: name one by its id or name`);
    return [...new Set([tag.id, tag.name])].filter((word) => word !== '');
  }
}

const fault = (field: string, message: string) => ({ field, code: 'invalid', message });

const invalidFilter = (field: string, message: string): Problem =>
  new Problem(422, 'triggers.invalid_filter', message, { errors: [fault(field, message)] });
