import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { helperCatalogue } from '#helpers';
import { disputedCases, mismatchesOf, readCases } from '#helper-testing';
import { typesWithCases } from './support/all-cases.js';

const folder = dirname(fileURLToPath(import.meta.url));
const files = readdirSync(folder).filter((file) => file.endsWith('.jsonl'));
const disputed = disputedCases(process.cwd());
const recorded = files.flatMap((file) => readCases(join(folder, file)));
const known = recorded
  .filter(({ id }) => !disputed.has(id))
  .flatMap((vector) => {
    const definition = helperCatalogue.get(vector.type);
    return definition === undefined ? [] : [{ id: vector.id, vector, definition }];
  });

test('every helper type has cases, recorded ones or its own', () => {
  const without = typesWithCases.filter(({ cases }) => cases.length === 0);
  expect(without.map(({ type }) => type)).toEqual([]);
});

describe('recorded behaviour', () => {
  test.each(known)('$id', async ({ vector, definition }) => {
    expect(await mismatchesOf(definition, vector)).toEqual([]);
  });
});

describe('disputed cases', () => {
  test('are at most ten', () => {
    expect(disputed.size).toBeLessThanOrEqual(10);
  });

  const ids = new Set(recorded.map(({ id }) => id));
  for (const [id, reason] of disputed) {
    test(`${id} is left out: ${reason}`, () => {
      expect(ids.has(id)).toBe(true);
    });
  }
});
