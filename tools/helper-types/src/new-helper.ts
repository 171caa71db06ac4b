import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HELPER_CATEGORIES, type HelperCategory } from '#helpers';
import { camelCase, catalogueSource, findTypes, kebabCase, type TypeFolder } from './catalogue-source.js';

const isCategory = (text: string): text is HelperCategory => HELPER_CATEGORIES.some((category) => category === text);

/** @throws Error in one sentence that says what to change */
function parsePath(path: string): TypeFolder {
  const [category = '', type = '', ...more] = path.split('/');
  if (more.length > 0 || !isCategory(category)) {
    throw new Error(`Name it <category>/<type>; categories are ${HELPER_CATEGORIES.join(', ')}.`);
  }
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(type)) throw new Error('A type is lower snake_case, such as tag_it.');
  return { category, type };
}

const titleOf = (type: string): string =>
  type
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');

const definition = ({ category, type }: TypeFolder): string => `import { z } from 'zod';
import { fieldName } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';

export const ${camelCase(type)} = defineHelper({
  type: '${type}',
  category: '${category}',
  title: '${titleOf(type)}',
  summary: 'Says what a field of the contact holds.',
  rules: ['The field is read and left as it is.'],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: {},
  config: z.object({
    field: fieldName('Field to read'),
  }),

  async run({ config, crm }) {
    return { success: true, modifiedData: { [config.field]: await crm.readField(config.field) } };
  },
});
`;

const test = ({ type }: TypeFolder): string => `import { expect, test } from '@jest/globals';
import { casesBeside, mismatchesOf } from '#helper-testing';
import { ${camelCase(type)} } from './${kebabCase(type)}.helper.js';

test.each(casesBeside(import.meta.url))('$id', async (vector) => {
  expect(await mismatchesOf(${camelCase(type)}, vector)).toEqual([]);
});
`;

const cases = ({ type }: TypeFolder): string =>
  [
    {
      id: `${type}/01-reads-the-field`,
      type,
      config: { field: 'city' },
      contact: { id: 'c1', custom_fields: { city: 'Leeds' } },
      expect: { valid_config: true, error: null, success: true, calls: [], modified_data: { city: 'Leeds' } },
    },
    {
      id: `${type}/02-field-required`,
      type,
      config: {},
      contact: { id: 'c1' },
      expect: { valid_config: false, error: 'invalid_config', success: false, calls: [] },
    },
  ]
    .map((each) => `${JSON.stringify(each)}\n`)
    .join('');

/**
 * Makes the folder of a new helper type: a definition that works, its cases and its test. No other hand-written file
 * changes; the catalogue is generated again.
 * @returns the folder, relative to the project
 * @throws Error when the path is no valid one or the type exists
 */
export function newHelper(projectRoot: string, path: string): string {
  const folder = parsePath(path);
  const helpersRoot = join(projectRoot, 'libs/helpers/src');
  const existing = findTypes(helpersRoot).find(({ type }) => type === folder.type);
  if (existing !== undefined)
    throw new Error(`There is a helper type ${folder.type} already, in ${existing.category}.`);
  const target = join(helpersRoot, folder.category, folder.type);
  if (existsSync(target)) throw new Error(`The folder ${target} exists already.`);
  mkdirSync(target, { recursive: true });
  const name = kebabCase(folder.type);
  writeFileSync(join(target, `${name}.helper.ts`), definition(folder));
  writeFileSync(join(target, `${name}.helper.spec.ts`), test(folder));
  writeFileSync(join(target, `${name}.cases.jsonl`), cases(folder));
  writeFileSync(join(helpersRoot, 'catalogue.generated.ts'), catalogueSource(findTypes(helpersRoot)));
  return `libs/helpers/src/${folder.category}/${folder.type}`;
}
