import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { helperCatalogue, type HelperDefinition } from '#helpers';
import { readCases, type VectorCase } from '#helper-testing';

const vectorsFolder = join(dirname(fileURLToPath(import.meta.url)), '..');
const helpersFolder = join(vectorsFolder, '../../libs/helpers/src');

const casesIn = (folder: string, ending: string): VectorCase[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith(ending))
        .flatMap((file) => readCases(join(folder, file)))
    : [];

/** A helper type with every case that is written down for it: the recorded ones and those beside its definition. */
export interface TypeWithCases {
  type: string;
  definition: HelperDefinition;
  cases: VectorCase[];
}

const recorded = Map.groupBy(casesIn(vectorsFolder, '.jsonl'), ({ type }) => type);

/** Every type of the catalogue. */
export const typesWithCases: readonly TypeWithCases[] = [...helperCatalogue].map(([type, definition]) => ({
  type,
  definition,
  cases: [
    ...(recorded.get(type) ?? []),
    ...casesIn(join(helpersFolder, definition.category, type), '.cases.jsonl').filter((each) => each.type === type),
  ],
}));

/** What must happen in a case. */
export const expectationOf = ({ expect, should, original_is_wrong: wrong }: VectorCase): VectorCase['expect'] =>
  wrong === true && should !== undefined ? { ...expect, ...should } : expect;
