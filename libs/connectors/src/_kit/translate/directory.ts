import type { ConnectionMemory } from '../connection-memory.js';
import { ConnectorError, isConnectorError } from '../connector-error.js';
import type { CustomField } from '../contact.js';
import type { ConnectorOperation, CrmConnector } from '../port.js';
import { CustomFieldIndex, type ResolvedKey, type StandardKeys } from './field-keys.js';
import { TagIndex } from './tag-refs.js';

export interface TranslateLogger {
  warn(details: Record<string, unknown>, message: string): void;
}

/** A tag's unknown name fails the run: the list is read anew unless it is as good as new. */
const RELOAD_TAGS_AFTER_MS = 2_000;
/** A tag that the list lacks and the vendor knows by other means: finding it costs a look at the whole list. */
const KEEP_UNLISTED_MS = 60_000;
/** An unknown field is no failure and may be asked for with every run: the list is read anew once in a while. */
const RELOAD_FIELDS_AFTER_MS = 30_000;

const FIELDS = 'fields';
const TAGS = 'tags';

/** Finds the vendor's keys and ids for what people call fields and tags. */
export class Directory {
  constructor(
    private readonly raw: CrmConnector,
    private readonly memory: ConnectionMemory,
    private readonly keys: StandardKeys,
    private readonly logger: TranslateLogger | undefined,
    /** The vendor's tags have no other identity than their names. */
    private readonly tagsByName = false,
  ) {}

  /**
   * Standard names and the vendor's own keys come first and load nothing; then custom fields; then other spellings of
   * standard names. A key found nowhere stays as it is: it may be an id we do not see.
   */
  async field(key: string): Promise<ResolvedKey> {
    const exact = this.keys.exact(key);
    if (exact !== undefined) return { key: exact };
    const field = await this.#customField(key);
    if (field !== undefined) return { key: field.id, field };
    return { key: this.keys.similar(key) ?? key };
  }

  /** @throws ConnectorError `not_found` for a name that no tag has */
  async tag(tag: string, operation: ConnectorOperation): Promise<string> {
    const index = await this.#load(TAGS, async () => new TagIndex(await this.raw.getTags({ names_only: true })));
    // Without the list an id can still be used; a name cannot, and asking for the list again would not help.
    if (index === undefined) {
      const isId = !this.tagsByName && /^\d+$/.test(tag.trim());
      return isId ? tag.trim() : this.#unlistedTag(tag, operation);
    }
    const known = index.idOf(tag);
    if (known !== undefined) return known;
    const name = `tag ${operation} ${tag}`;
    if (this.memory.age(name) > KEEP_UNLISTED_MS && this.memory.age(TAGS) > RELOAD_TAGS_AFTER_MS) {
      this.memory.forget(TAGS);
      return this.tag(tag, operation);
    }
    return this.memory.recall(name, () => this.#unlistedTag(tag, operation));
  }

  async #unlistedTag(tag: string, operation: ConnectorOperation): Promise<string> {
    const found = await this.raw.findTag?.(tag, operation);
    if (found !== undefined) return found;
    const platform = this.raw.getMetadata().platform_slug;
    throw new ConnectorError({
      kind: 'not_found',
      platform,
      operation,
      message: 'There is no tag of this name',
      outcome: 'not_sent',
    });
  }

  forgetTags(): void {
    this.memory.forget(TAGS);
  }

  forgetFields(): void {
    this.memory.forget(FIELDS);
  }

  async #customField(key: string): Promise<CustomField | undefined> {
    const index = await this.#fields();
    const found = index?.find(key);
    const settled = found !== undefined || index === undefined || this.keys.similar(key) !== undefined;
    if (settled || this.memory.age(FIELDS) <= RELOAD_FIELDS_AFTER_MS) return found;
    this.memory.forget(FIELDS);
    return (await this.#fields())?.find(key);
  }

  #fields(): Promise<CustomFieldIndex | undefined> {
    return this.#load(
      FIELDS,
      async () => new CustomFieldIndex(await this.raw.getCustomFields(), this.keys.fieldPrefix),
    );
  }

  /** @returns undefined when the list cannot be had for a reason that other calls need not share */
  async #load<T>(name: string, load: () => Promise<T>): Promise<T | undefined> {
    try {
      return await this.memory.recall(name, load);
    } catch (error) {
      if (
        isConnectorError(error) &&
        (error.kind === 'forbidden' || error.kind === 'protocol' || error.kind === 'unsupported')
      ) {
        this.logger?.warn(
          { list: name, kind: error.kind, platform: error.platform },
          'A list for translation could not be read',
        );
        return undefined;
      }
      throw error;
    }
  }
}
