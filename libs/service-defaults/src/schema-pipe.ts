import { type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import type { z } from 'zod';
import { Problem, type FieldError } from '#contracts';

type Issue = { message: string; code?: string; path?: ReadonlyArray<PropertyKey | { key: PropertyKey }> | undefined };

const CODES: Record<string, string> = {
  invalid_type: 'wrong_type',
  too_small: 'too_small',
  too_big: 'too_big',
  invalid_format: 'invalid_format',
  invalid_value: 'not_allowed',
  unrecognized_keys: 'unknown_field',
};

const pathOf = (issue: Issue): string =>
  (issue.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step)).join('.');

/** Texts that the schema library words itself; own texts of a schema are kept as they are. */
const LIBRARY_TEXT = /^(Invalid |Too (small|big)|Unrecognized )/;

function fieldErrorOf(issue: Issue, fallback: string): FieldError {
  const field = pathOf(issue) || fallback;
  const missing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  if (missing) return { field, code: 'required', message: `${field} is required` };
  const message = LIBRARY_TEXT.test(issue.message) ? `${field}: ${issue.message}` : issue.message;
  return { field, code: CODES[issue.code ?? ''] ?? 'invalid', message };
}

/** Turns the findings of a schema into the problem a client gets: all fields at once, the first one as the text. */
export function invalidInput(part: string, issues: readonly Issue[]): Problem {
  const errors = issues.map((issue) => fieldErrorOf(issue, part));
  const code = part === 'query' ? 'request.invalid_query_parameter' : 'request.invalid_body';
  return new Problem(400, code, errors[0]?.message ?? `Invalid ${part}`, { errors });
}

/** Validates bodies, queries and path parameters by the schema at the parameter and hands over the parsed value. */
export class SchemaPipe implements PipeTransform {
  transform(value: unknown, { schema, type, data }: ArgumentMetadata): unknown {
    if (schema === undefined || type === 'custom') return value;
    const part = type === 'param' ? (data ?? 'path') : type;
    const result = (schema as z.ZodType)['~standard'].validate(value === undefined && type === 'body' ? {} : value);
    if (result instanceof Promise) {
      return result.then((settled) => {
        if (settled.issues) throw invalidInput(part, settled.issues);
        return settled.value;
      });
    }
    if (result.issues) throw invalidInput(part, result.issues);
    return result.value;
  }
}
