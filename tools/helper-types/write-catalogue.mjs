import { writeFileSync } from 'node:fs';
import { catalogueSource, findTypes } from './src/catalogue-source.ts';

/**
 * Writes the list of helper types. Run from the sources, under Node 24: the build that follows would stop at a list
 * that names a vanished folder.
 */
const helpersRoot = 'libs/helpers/src';
writeFileSync(`${helpersRoot}/catalogue.generated.ts`, catalogueSource(findTypes(helpersRoot)));
