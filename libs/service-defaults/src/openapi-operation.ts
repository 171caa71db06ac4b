import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { PageInfo, PROBLEM_STATUSES } from '#contracts';
import type { AuthRule } from './auth-rule.js';
import type { JsonSchema, SchemaCollection } from './openapi-schemas.js';
import type { RouteDescription, RouteParameter } from './routes.js';

export type Operation = JsonSchema & { operationId: string };

function withEnvelope(data: JsonSchema | undefined, beside: JsonSchema = {}): JsonSchema {
  return {
    type: 'object',
    properties: {
      success: { const: true },
      message: { type: 'string' },
      ...(data && { data }),
      ...beside,
    },
    required: ['success', 'message', ...(data ? ['data'] : []), ...Object.keys(beside)],
  };
}

const ETAG = { ETag: { description: 'Version of the object, for `If-Match`', schema: { type: 'string' } } };

/** A list: a cursor that is not its own is no value of the wrong kind but one that cannot be read. */
const takesCursor = ({ source, schema }: RouteParameter): boolean =>
  source === 'query' && schema instanceof z.ZodObject && 'cursor' in schema.shape;

const hasNoData = (schema: z.ZodType): boolean => schema instanceof z.ZodVoid || schema instanceof z.ZodUndefined;

function successOf({ settings }: RouteDescription, schemas: SchemaCollection): JsonSchema {
  const { api, raw, message } = settings;
  if (api === undefined) return {};
  const status = api.status ?? 200;
  const description = message ?? STATUS_CODES[status] ?? 'Success';
  const headers = api.versioned === true && { headers: ETAG };
  if (status === 204) return { [status]: { description } };
  const empty = hasNoData(api.answer);
  if (raw === true && empty) return { [status]: { description } };
  const data = empty ? undefined : schemas.add(api.answer, 'output');
  const beside = api.pageInfoBeside === true ? { page_info: schemas.add(PageInfo, 'output') } : {};
  const schema = raw === true ? data : withEnvelope(data, beside);
  return { [status]: { description, ...headers, content: { [api.contentType ?? 'application/json']: { schema } } } };
}

/** Statuses of the problems a route may answer with. */
export function problemsOf({ settings, parameters, path }: RouteDescription): number[] {
  const { api, auth } = settings;
  const statuses = new Set([429, 500, 503]);
  if (auth?.access !== 'public') for (const status of [401, 403]) statuses.add(status);
  // A part of a path that no address may hold is refused before anybody looks it up.
  if (path.includes(':')) for (const status of [400, 404, 414]) statuses.add(status);
  if (parameters.some(({ name }) => name?.toLowerCase() === 'if-match')) statuses.add(412);
  if (parameters.some(({ schema }) => schema !== undefined)) statuses.add(api?.invalidStatus ?? 400);
  if (parameters.some((parameter) => takesCursor(parameter))) statuses.add(400);
  if (parameters.some(({ source }) => source === 'body')) for (const status of [400, 413, 415]) statuses.add(status);
  // A cursor is refused by 400 wherever it is given: it is not text that a person mistyped.
  if (parameters.some(({ schema }) => schema instanceof z.ZodObject && 'cursor' in schema.shape)) statuses.add(400);
  for (const code of api?.errors ?? []) for (const status of PROBLEM_STATUSES[code] ?? []) statuses.add(status);
  return [...statuses].toSorted((a, b) => a - b);
}

const problemAnswers = (route: RouteDescription): JsonSchema =>
  Object.fromEntries(problemsOf(route).map((status) => [status, { $ref: `#/components/responses/Problem${status}` }]));

/** Redirects have no body worth describing; the rest comes in the media type of the route, or from the gateway. */
const otherAnswers = ({ settings: { api } }: RouteDescription): JsonSchema =>
  Object.fromEntries(
    (api?.otherStatuses ?? []).map((status) => {
      const content = {
        'application/json': { schema: { $ref: '#/components/schemas/Problem' } },
        ...(api?.contentType !== undefined && { [api.contentType]: { schema: { type: 'string' } } }),
      };
      return [status, { description: STATUS_CODES[status] ?? 'Answer', ...(status >= 400 && { content }) }];
    }),
  );

/** Failures in the form of another standard stand in the place of problems. */
function ownFailures({ settings: { api } }: RouteDescription, schemas: SchemaCollection): JsonSchema {
  const { statuses = [], schema } = api?.ownFailures ?? {};
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: STATUS_CODES[status] ?? 'Failure',
        content: { 'application/json': { schema: schema === undefined ? {} : schemas.add(schema, 'output') } },
      },
    ]),
  );
}

/** A whole query object becomes one parameter for each of its fields. */
function fieldsOf(parameter: RouteParameter, schemas: SchemaCollection): JsonSchema[] {
  const { source, name, schema } = parameter;
  if (name !== undefined) {
    const content = schema === undefined ? { type: 'string' } : schemas.add(schema, 'input');
    return [{ name, in: source, required: source === 'path', schema: content }];
  }
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemas.add(schema, 'input') as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([field, { description, ...content }]) => ({
    name: field,
    in: source,
    required: source === 'path' || required.includes(field),
    ...(description !== undefined && { description }),
    schema: content,
  }));
}

function parametersOf(route: RouteDescription, schemas: SchemaCollection): JsonSchema[] {
  const declared = route.parameters.filter(({ source }) => source !== 'body').flatMap((p) => fieldsOf(p, schemas));
  const named = new Set(declared.filter((p) => p['in'] === 'path').map((p) => p['name']));
  const missing = [...route.path.matchAll(/:([A-Za-z_]\w*)/g)]
    .map(([, name]) => name)
    .filter((name) => !named.has(name))
    .map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  return [...missing, ...declared];
}

function bodyOf(route: RouteDescription, schemas: SchemaCollection): JsonSchema | undefined {
  const body = route.parameters.find(({ source, name }) => source === 'body' && name === undefined);
  if (body?.schema === undefined) return undefined;
  const required = !body.schema.safeParse({}).success;
  const schema = schemas.add(body.schema, 'input');
  const bodies = route.settings.api?.bodies ?? [];
  return {
    required,
    content: {
      'application/json': { schema },
      ...(bodies.includes('form') && { 'application/x-www-form-urlencoded': { schema } }),
      ...(bodies.includes('file') && { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }),
    },
  };
}

function securityOf(auth: AuthRule | undefined): JsonSchema[] {
  if (auth === undefined || auth.access === 'public') return [];
  if (auth.access === 'optional') return [{}, { bearer: [] }];
  return [{ bearer: [] }, ...(auth.keyScope === undefined ? [] : [{ apiKey: [] }])];
}

function neededRight(auth: AuthRule | undefined): string | undefined {
  const right = auth?.right ?? auth?.rightOfPath;
  return right === undefined ? undefined : `Needs the right to ${right.action} \`${right.resource}\`.`;
}

/** For programs: which right of the table stands before the route. */
function rightOf(auth: AuthRule | undefined): JsonSchema {
  const right = auth?.right ?? auth?.rightOfPath;
  return right === undefined ? {} : { 'x-right': { ...right } };
}

function rightsOf(auth: AuthRule | undefined): string | undefined {
  const rights = [
    auth?.permission === undefined ? undefined : `Needs \`${auth.permission}\`.`,
    ...(auth?.permission === undefined ? [neededRight(auth)] : []),
    auth?.keyScope === undefined ? undefined : `API keys need the scope \`${auth.keyScope}\`.`,
  ].filter((text) => text !== undefined);
  return rights.length === 0 ? undefined : rights.join(' ');
}

/** One route as an operation of the document. */
export function operationOf(route: RouteDescription, service: string, schemas: SchemaCollection): Operation {
  const { api, auth } = route.settings;
  const requestBody = bodyOf(route, schemas);
  const parameters = parametersOf(route, schemas);
  const codes = api?.errors?.length
    ? `Special problems: ${api.errors.map((code) => `\`${code}\``).join(', ')}.`
    : undefined;
  const description = [api?.description, rightsOf(auth), codes].filter((text) => text !== undefined).join('\n\n');
  return {
    operationId: `${service}.${route.controller.replace(/Controller$/, '')}.${route.handler}`,
    summary: api?.summary,
    ...(description !== '' && { description }),
    tags: api?.tags ?? [service],
    security: securityOf(auth),
    ...rightOf(auth),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: {
      ...successOf(route, schemas),
      ...problemAnswers(route),
      ...otherAnswers(route),
      ...ownFailures(route, schemas),
    },
  };
}
