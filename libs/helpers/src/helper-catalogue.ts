import { catalogue } from './catalogue.generated.js';
import type { HelperDefinition } from './_kit/define-helper.js';

/** Every helper type, by its name. */
export const helperCatalogue: ReadonlyMap<string, HelperDefinition> = new Map<string, HelperDefinition>(
  Object.entries(catalogue),
);
