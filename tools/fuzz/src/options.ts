import { parseArgs } from 'node:util';
import { ROLES, type Role } from '#contracts';

export interface FuzzOptions {
  /** Generated requests for each operation, beside those that cover the edges of its schema. */
  examples: number;
  roles: readonly Role[];
  /** Only operations whose path begins so. */
  path: string | undefined;
  /** Repeats a run. */
  seed: number | undefined;
}

const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);

/** @throws Error that says what is wrong with the options */
export function fuzzOptions(args: string[]): FuzzOptions {
  const { values } = parseArgs({
    args,
    options: {
      examples: { type: 'string', default: '100' },
      role: { type: 'string', multiple: true, default: [...ROLES] },
      path: { type: 'string' },
      seed: { type: 'string' },
    },
  });
  const roles = values.role.filter(isRole);
  if (roles.length < values.role.length) throw new Error(`--role must be one of ${ROLES.join(', ')}`);
  return {
    examples: wholeNumber('--examples', values.examples, 1),
    roles,
    path: values.path,
    seed: values.seed === undefined ? undefined : wholeNumber('--seed', values.seed, 0),
  };
}

function wholeNumber(option: string, text: string, least: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least) throw new Error(`${option} must be a whole number from ${least} on`);
  return number;
}
