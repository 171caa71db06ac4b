import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { helperCatalogue, type HelperDefinition } from '#helpers';
import { readCases, type VectorCase } from '#helper-testing';
import { exampleOf } from './example.js';
import { failureCodesOf } from './failure-codes.js';
import { helperPage, indexPage } from './helper-page.js';

function casesOf({ type, category }: HelperDefinition, projectRoot: string): VectorCase[] {
  const shared = join(projectRoot, 'test/vectors', `${category}.jsonl`);
  const own = join(projectRoot, 'libs/helpers/src', category, type);
  const beside = existsSync(own) ? readdirSync(own).filter((file) => file.endsWith('.cases.jsonl')) : [];
  const files = [...(existsSync(shared) ? [shared] : []), ...beside.map((file) => join(own, file))];
  return files.flatMap(readCases).filter((vector) => vector.type === type);
}

/** The first case that shows the helper at work. */
const showing = (cases: readonly VectorCase[]): VectorCase | undefined =>
  cases.find(
    ({ expect, should, original_is_wrong: wrong }) => (wrong === true ? should?.success : expect.success) === true,
  );

/** Every page below docs/helpers, by file name. */
export async function helperPages(projectRoot: string): Promise<Map<string, string>> {
  const helpersRoot = join(projectRoot, 'libs/helpers/src');
  const definitions = [...helperCatalogue.values()];
  const pages = new Map([['README.md', indexPage(definitions)]]);
  for (const definition of definitions) {
    const vector = showing(casesOf(definition, projectRoot));
    const example = vector === undefined ? undefined : await exampleOf(definition, vector);
    pages.set(
      `${definition.type}.md`,
      helperPage(definition, { example, failures: failureCodesOf(definition, helpersRoot) }),
    );
  }
  return pages;
}
