import { describe, expect, it } from '@jest/globals';
import { mongo } from 'mongoose';
import { translateMongoError } from './mongo-errors.js';

const bulkError = (error: { message: string; code?: number; writeErrors?: unknown[] } | Error): unknown =>
  Reflect.construct(mongo.MongoBulkWriteError, [error, {}]);

describe('what a failed group of writes means', () => {
  it('is "not now" when no server judged it', () => {
    const lost = bulkError(new mongo.MongoError('Server selection timed out after 1500 ms'));
    expect(translateMongoError(lost)).toMatchObject({ status: 503, code: 'generic.unavailable' });
  });

  it('is "not now" when the primary stepped down', () => {
    expect(translateMongoError(bulkError({ message: 'not primary', code: 10107 }))).toMatchObject({ status: 503 });
  });

  it('stays what it is when the server refused it', () => {
    const refused = bulkError({ message: 'too large', code: 10334 });
    expect(translateMongoError(refused)).toBe(refused);
  });
});
