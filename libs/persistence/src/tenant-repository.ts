import type { PipelineStage } from 'mongoose';
import type { AccountScope } from '#contracts';
import { Problem } from '#contracts';
import type { Change, Collection, Filter, ReadOptions, WriteResult } from './collection.js';
import type { Database } from './database.js';
import type { CollectionDefinition, OwnFields, TenantEntity } from './define-collection.js';
import type { StateMachine } from './state-machine.js';
import { SystemHandle } from './system-handle.js';
import { stamped, versionConflict } from './versioning.js';

export interface UpdateCondition<T> {
  /** Version the caller saw (`If-Match`); another one is 412 `resource.version_conflict`. */
  version?: number | undefined;
  /** Further fields that must still hold; if they do not, the document counts as changed (412). */
  where?: Filter<T>;
}

/**
 * Access to the documents of one account. Every method takes the account first, so a query without a tenant does not
 * compile; another account's document does not exist here (404). Crossing accounts needs `system(reason)`.
 */
export abstract class TenantRepository<T extends TenantEntity> {
  readonly #collection: Collection<T>;

  constructor(database: Database, definition: CollectionDefinition<T>) {
    this.#collection = database.collection(definition);
  }

  /** @throws 404 `<domain>.not_found` */
  async get(scope: AccountScope, id: string, where: Filter<T> = {}): Promise<T> {
    const found = await this.find(scope, id, where);
    if (!found) throw this.#notFound();
    return found;
  }

  find(scope: AccountScope, id: string, where: Filter<T> = {}): Promise<T | null> {
    return this.#collection.findOne(this.#scoped(scope, where, id));
  }

  findOne(scope: AccountScope, where: Filter<T>, options: ReadOptions<T> = {}): Promise<T | null> {
    return this.#collection.findOne(this.#scoped(scope, where), options);
  }

  list(scope: AccountScope, where: Filter<T> = {}, options: ReadOptions<T> = {}): Promise<T[]> {
    return this.#collection.find(this.#scoped(scope, where), options);
  }

  count(scope: AccountScope, where: Filter<T> = {}): Promise<number> {
    return this.#collection.count(this.#scoped(scope, where));
  }

  /** Stores a new document with version 1 and both timestamps. @throws DuplicateKey */
  insert(scope: AccountScope, document: OwnFields<T>): Promise<T> {
    return this.#collection.insertOne(stamped<T>({ ...document, account_id: scope.accountId }));
  }

  /**
   * Sets fields, counts the version up, answers the document as it is afterwards.
   * @throws 404 `<domain>.not_found`, 412 `resource.version_conflict`
   */
  update(
    scope: AccountScope,
    id: string,
    fields: Partial<OwnFields<T>>,
    condition: UpdateCondition<T> = {},
  ): Promise<T> {
    return this.change(scope, id, { $set: fields } as Change<T>, condition);
  }

  /** As `update`, with MongoDB operators (`$set`, `$inc`, `$unset`, `$push`). */
  async change(scope: AccountScope, id: string, change: Change<T>, condition: UpdateCondition<T> = {}): Promise<T> {
    const expected = condition.version === undefined ? {} : { version: condition.version };
    const filter = this.#scoped(scope, { ...condition.where, ...expected } as Filter<T>, id);
    const changed = await this.#collection.findOneAndUpdate(filter, touched(change));
    if (changed) return changed;
    await this.get(scope, id);
    throw versionConflict();
  }

  /**
   * Moves a document to another state if, at the moment of the write, its state allows that.
   * @throws 404 `<domain>.not_found`, 409 `<machine>.transition_not_allowed {from, to}`
   */
  async transition<State extends string>(
    scope: AccountScope,
    id: string,
    move: { machine: StateMachine<State>; field: Extract<keyof T, string>; to: State; set?: Partial<OwnFields<T>> },
  ): Promise<T> {
    const { machine, field, to, set = {} } = move;
    const filter = this.#scoped(scope, { [field]: { $in: machine.sourcesOf(to) } } as Filter<T>, id);
    const change = { $set: { ...set, [field]: to } } as Change<T>;
    const moved = await this.#collection.findOneAndUpdate(filter, touched(change));
    if (moved) return moved;
    const current = await this.get(scope, id);
    throw machine.refusal(current[field] as State, to);
  }

  /** Changes whatever matches; answers how many. */
  updateWhere(scope: AccountScope, where: Filter<T>, change: Change<T>): Promise<WriteResult> {
    return this.#collection.updateMany(this.#scoped(scope, where), touched(change));
  }

  /** @throws 404 `<domain>.not_found` */
  async delete(scope: AccountScope, id: string, where: Filter<T> = {}): Promise<void> {
    if ((await this.#collection.deleteOne(this.#scoped(scope, where, id))) === 0) throw this.#notFound();
  }

  deleteWhere(scope: AccountScope, where: Filter<T>): Promise<number> {
    return this.#collection.deleteMany(this.#scoped(scope, where));
  }

  /** Aggregates the account's documents only: the account filter is the first stage. */
  aggregate<Row>(scope: AccountScope, stages: PipelineStage[]): Promise<Row[]> {
    return this.#collection.aggregate<Row>([{ $match: { account_id: scope.accountId } }, ...stages]);
  }

  /**
   * Access across accounts, for consumers, sweepers and operators.
   * @param reason why no single account applies; shows up in the database's profiler
   */
  system(reason: string): SystemHandle<T> {
    return new SystemHandle(this.#collection, reason);
  }

  #scoped(scope: AccountScope, where: Filter<T>, id?: string): Filter<T> {
    return { ...where, ...(id !== undefined && { _id: id }), account_id: scope.accountId } as Filter<T>;
  }

  #notFound(): Problem {
    const { domain, title } = this.#collection.definition;
    return new Problem(404, `${domain}.not_found`, `${title} not found`);
  }
}

/** Adds what every change does: a new version and the time. */
function touched<T>(change: Change<T>): Change<T> {
  const { $set = {}, $inc = {}, ...others } = change as { $set?: object; $inc?: object };
  return { ...others, $set: { ...$set, updated_at: new Date() }, $inc: { ...$inc, version: 1 } } as Change<T>;
}
