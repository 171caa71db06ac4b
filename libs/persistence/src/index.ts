export { DuplicateKey, isDuplicateKey, isUnreachable, translateMongoError } from './mongo-errors.js';
export { Collection } from './collection.js';
export type { BulkWrite, Change, Filter, ReadOptions, Sort, WriteOptions, WriteResult } from './collection.js';
export { PersistenceConfig, databaseName } from './config.js';
export { Database } from './database.js';
export { defineCollection } from './define-collection.js';
export type {
  CollectionDefinition,
  DeclaredIndex,
  Entity,
  OwnFields,
  StoredDocument,
  TenantEntity,
} from './define-collection.js';
export { AccountEraser } from './account-eraser.js';
export { erasedByAccount, erasedByAccountAndUser, erasedByUser, keptBecause } from './erasure-rule.js';
export { ErasureSteps } from './erasure-steps.js';
export type { ErasureStep } from './erasure-steps.js';
export type { ErasureDue, ErasureRule } from './erasure-rule.js';
export { GroupedWriter } from './grouped-writer.js';
export type { GroupedWriterOptions } from './grouped-writer.js';
export { ensureIndexes, indexFaults } from './indexes.js';
export type { InsertOutcome } from './insert-unordered.js';
export { defineList } from './lists/list-definition.js';
export type { ListDefinition } from './lists/list-definition.js';
export { listFields, listQuery, splitListQuery } from './lists/list-query.js';
export type { ListRequest } from './lists/list-query.js';
export { Lists } from './lists/lists.js';
export type { ListSource, Page } from './lists/lists.js';
export { MongoReadiness } from './mongo-readiness.js';
export { Outbox } from './outbox.js';
export { OutboxRelay } from './outbox-relay.js';
export { PlanRoom, turnOf } from './plan-room.js';
export { PersistenceModule } from './persistence.module.js';
export { ResourceGuards } from './resource-guards.js';
export { StateMachine } from './state-machine.js';
export { SystemHandle } from './system-handle.js';
export { SystemRepository } from './system-repository.js';
export { TenantRepository } from './tenant-repository.js';
export type { UpdateCondition } from './tenant-repository.js';
export { UnitOfWork } from './unit-of-work.js';
export type { UnitOfWorkOptions } from './unit-of-work.js';
export { etagOf, stamped, versionConflict, versionFromIfMatch } from './versioning.js';
