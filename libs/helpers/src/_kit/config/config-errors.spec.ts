import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { configErrors } from './config-errors.js';
import { text } from './options.js';

const definition = { config: z.object({ name: text('Name') }) };
const errorsOf = (chosen: unknown) => configErrors(definition, { name: 'x', service_connection_ids: chosen });

describe('the choice of service connections', () => {
  test.each([[undefined], [null], [''], [{}], [{ zoom: 'connection:1' }], [{ zoom: '', keap: null }]])(
    '%j is accepted beside the options of every type',
    (chosen) => {
      expect(errorsOf(chosen)).toEqual([]);
    },
  );

  test.each([
    ['connection:1', 'service_connection_ids'],
    [['connection:1'], 'service_connection_ids'],
    [7, 'service_connection_ids'],
    [{ keap: 'connection:1', zoom: 7 }, 'service_connection_ids.zoom'],
  ])('%j is refused at %s', (chosen, field) => {
    expect(errorsOf(chosen)).toMatchObject([{ field, code: 'invalid' }]);
  });
});

test('it stands beside what else is wrong', () => {
  expect(configErrors(definition, { service_connection_ids: 7 }).map(({ field }) => field)).toEqual([
    'service_connection_ids',
    'name',
  ]);
});
