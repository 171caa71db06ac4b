import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { helperCatalogue, type HelperDefinition } from '#helpers';
import { commonFailures, failureCodesOf } from './failure-codes.js';

const helpersRoot = join(dirname(fileURLToPath(import.meta.url)), '../../../libs/helpers/src');

function definitionOf(type: string): HelperDefinition {
  const definition = helperCatalogue.get(type);
  if (definition === undefined) throw new Error(`${type} is missing`);
  return definition;
}

test('the failures of a type come from its code, with what they say', () => {
  expect(failureCodesOf(definitionOf('limit_it'), helpersRoot)).toEqual([
    { code: 'contact_required', retried: false, message: 'Counting per contact needs a contact.' },
    { code: 'rate_limit_exceeded', retried: false, message: 'The limit of … … is reached.' },
  ]);
});

test('what any helper may meet depends on what it needs', () => {
  expect(commonFailures(definitionOf('limit_it')).map(({ code }) => code)).toEqual(['invalid_config']);
  expect(commonFailures(definitionOf('note_it')).map(({ code }) => code)).toContain('crm_connection_required');
});
