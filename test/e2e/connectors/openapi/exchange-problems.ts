import { isObject } from '../corrections/correction.js';
import type { Exchange } from './exchange.js';
import type { Check, Operation } from './operation.js';

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

/** Unknown, missing and wrong parameters of the query and of the headers. */
export function parameterProblems(
  operation: Operation,
  query: URLSearchParams,
  headers: Exchange['requestHeaders'],
  check: Check,
): string[] {
  const inQuery = new Map(operation.parameters.filter(({ in: where }) => where === 'query').map((p) => [p.name, p]));
  const problems: string[] = [];
  for (const name of new Set(query.keys())) {
    const parameter = inQuery.get(name);
    if (parameter === undefined) problems.push(`query parameter ${name} does not exist`);
    else problems.push(...check(parameter.schema, queryValue(parameter.schema, query.getAll(name)), `query ${name}`));
  }
  for (const [name, { required }] of inQuery) {
    if (required === true && !query.has(name)) problems.push(`query parameter ${name} is required`);
  }
  for (const { name, required, schema } of operation.parameters.filter(({ in: where }) => where === 'header')) {
    const value = headers[name.toLowerCase()];
    if (value !== undefined) problems.push(...check(schema, value, `header ${name}`));
    else if (required === true) problems.push(`header ${name} is required`);
  }
  return problems;
}

/** What is wrong with a request's JSON. */
export function jsonProblems({ requestBody }: Operation, body: unknown, check: Check): string[] {
  const schema = requestBody?.content[JSON_TYPE]?.schema;
  if (body === undefined) return requestBody?.required === true ? ['the request must have a body'] : [];
  return schema === undefined ? ['the request must not have a JSON body'] : check(schema, body, 'request');
}

/** What is wrong with a request's form. */
export function formProblems(
  { requestBody }: Operation,
  form: Readonly<Record<string, string>>,
  check: Check,
): string[] {
  const schema = requestBody?.content[FORM_TYPE]?.schema;
  return schema === undefined ? ['the request must not have a form'] : check(schema, form, 'form');
}

/** What is wrong with an answer. */
export function answerProblems(operation: Operation, exchange: Exchange, check: Check): string[] {
  const { status, responseBody, contentType } = exchange;
  const response = operation.responses[String(status)] ?? operation.responses['default'];
  if (response === undefined) return [`status ${status} is not declared`];
  const { content } = response;
  if (content === undefined) return [];
  if (status === 204 && responseBody !== undefined) return ['an answer without content has some'];
  const sent = contentType.split(';')[0]?.trim() ?? '';
  const declared = content[sent];
  if (declared === undefined) return [`the answer's type ${sent || '(none)'} is not declared for status ${status}`];
  return sent === JSON_TYPE && declared.schema !== undefined ? check(declared.schema, responseBody, 'answer') : [];
}

/** Lists travel with commas or as repeated parameters, everything else as text. */
function queryValue(schema: unknown, values: readonly string[]): unknown {
  const type = isObject(schema) ? schema['type'] : undefined;
  const [value = ''] = values;
  if (type === 'array') return values.flatMap((each) => each.split(','));
  if (values.length > 1) return values;
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return (type === 'integer' || type === 'number') && value.trim() !== '' ? Number(value) : value;
}
