import { z } from 'zod';
import { readNumber } from '../text/read-number.js';
import type { OptionKind } from './option-kind.js';

/** Building blocks for the `config` schema of a helper. Descriptions end up in forms and on documentation pages. */

/** What schemas say beyond JSON Schema, read by normalisation and sealing. */
export interface OptionMarks {
  /** The empty text is a value and not "not given". */
  keepEmpty?: true;
  /** Sealed when stored, masked in answers. */
  secret?: true;
  /** Filled in on saving; the schema itself still asks for a value. */
  default?: string;
  /** What the value stands for, where the name of the option does not tell. */
  kind?: OptionKind;
}

const marked = <Schema extends z.ZodType>(schema: Schema, description: string, marks: OptionMarks = {}): Schema =>
  schema.meta({ description, ...marks });

/** Text that must not be empty. */
export const text = (description: string) => marked(z.string().min(1), description);

/** Text of which even the empty one counts. */
export const exactText = (description: string) => marked(z.string(), description, { keepEmpty: true });

/** A credential. */
export const secret = (description: string) => marked(z.string().min(1), description, { secret: true });

/** Key of a contact field: standard name, label or key of a custom field. */
export const fieldName = (description: string) => marked(z.string().trim().min(1), description, { kind: 'field' });

/** A list of non-empty texts; a comma-separated text and numbers are accepted on the way in. */
export const textList = (description: string, minimum = 1) =>
  marked(z.array(z.string().trim().min(1)).min(minimum), description);

export const flag = (description: string) => marked(z.boolean(), description);

/**
 * One of several words.
 * @param preselected what forms show selected and therefore may leave out: filled in when a helper is saved, while a
 * configuration without it stays incomplete
 */
export const choice = <const Values extends readonly [string, ...string[]]>(
  values: Values,
  description: string,
  preselected?: Values[number],
) => marked(z.enum(values), description, preselected === undefined ? {} : { default: preselected });

/**
 * A number whose digits count: as a number, or as text by the rule for numeric fields. It stays what it was, so that
 * `"0.1000"` is not rounded on the way.
 */
export const decimal = (description: string) =>
  marked(
    z.union([z.number(), z.string()]).refine((value) => readNumber(value) !== null, { error: 'Must be a number' }),
    description,
  );

/** A number of something; fractions are cut off. */
export const wholeNumber = (description: string) => marked(z.number().transform(Math.trunc), description);

/** Marks an issue of a cross-field rule as "not filled in yet", which makes a draft instead of an error. */
export const MISSING = { missing: true } as const;

/** Adds the issue that an option is needed because of what another option says. */
export function requireOption(context: z.RefinementCtx, option: string, because: string): void {
  context.addIssue({ code: 'custom', path: [option], message: `Needed ${because}`, params: MISSING });
}
