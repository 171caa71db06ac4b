import { Schema } from 'mongoose';
import type { ErasureRule } from './erasure-rule.js';
import type { SchemaDefinition, SchemaDefinitionProperty } from 'mongoose';

export interface StoredDocument {
  _id: string;
}

/** A document that people change. `version` counts the changes and is the base of `If-Match`. */
export interface Entity extends StoredDocument {
  version: number;
  created_at: Date;
  updated_at: Date;
}

/** A document that belongs to one account; every read and write of it names that account. */
export interface TenantEntity extends Entity {
  account_id: string;
}

/** Fields that the repository fills; everything else is declared and given by its owner. */
export type OwnFields<T extends StoredDocument> = Omit<T, 'version' | 'created_at' | 'updated_at' | 'account_id'>;

export interface DeclaredIndex {
  /** Fields in order; 1 ascending, -1 descending. */
  keys: Record<string, 1 | -1>;
  options?: {
    unique?: boolean;
    /** Only documents that match are in the index. */
    partialFilterExpression?: Record<string, unknown>;
    /** Documents are removed this many seconds after the time in the indexed field. */
    expireAfterSeconds?: number;
  };
}

export interface CollectionDefinition<T extends StoredDocument = StoredDocument> {
  readonly name: string;
  readonly domain: string;
  readonly title: string;
  readonly schema: Schema;
  readonly indexes: readonly DeclaredIndex[];
  /** What sealed texts inside a document belong to, where that is not the account. */
  sealedFor?(document: T): string;
  /** What becomes of its documents when an account is erased. */
  readonly erasure?: ErasureRule;
  /** Carries the document type; never present at run time. */
  readonly document?: T;
}

export interface CollectionInput<T extends StoredDocument> {
  /** Name of the MongoDB collection. */
  name: string;
  /** First part of error codes: `helpers` gives `helpers.not_found`. */
  domain: string;
  /** What a person calls one of them, for error texts: `Helper` gives `Helper not found`. */
  title: string;
  /** Mongoose definition of every field beside `_id`, `account_id`, `version`, `created_at`, `updated_at`. */
  fields: { [Key in keyof Omit<OwnFields<T>, '_id'>]-?: SchemaDefinitionProperty };
  indexes?: readonly DeclaredIndex[];
  /** What sealed texts inside a document belong to, where that is not the account. */
  sealedFor?(document: T): string;
  /** What becomes of its documents when an account is erased; without it no account can be erased. */
  erasure?: ErasureRule;
}

/**
 * Declares a collection once: fields, indexes, and the words its errors use.
 * Undeclared fields are refused on write and in filters (a mistyped filter field must not select everything).
 */
export function defineCollection<T extends StoredDocument>(input: CollectionInput<T>): CollectionDefinition<T> {
  const definition: SchemaDefinition = {
    _id: { type: String, required: true },
    account_id: { type: String },
    version: { type: Number },
    created_at: { type: Date },
    updated_at: { type: Date },
    ...(input.fields as SchemaDefinition),
  };
  const schema = new Schema(definition, {
    collection: input.name,
    strict: 'throw',
    strictQuery: 'throw',
    autoIndex: false,
    autoCreate: false,
    versionKey: false,
    minimize: false,
    id: false,
  });
  const { name, domain, title, indexes = [], erasure } = input;
  const sealedFor = input.sealedFor?.bind(input);
  return { name, domain, title, schema, indexes, ...(erasure && { erasure }), ...(sealedFor && { sealedFor }) };
}
