import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { FieldError } from '#contracts';
import type { AuthRule } from './auth-rule.js';
import { SchemaCollection, type JsonSchema } from './openapi-schemas.js';
import type { RouteDescription, RouteParameter } from './routes.js';

export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, JsonSchema>>;
  components: JsonSchema;
}

type Operation = JsonSchema & { operationId: string };

const ProblemBody = z
  .object({
    success: z.literal(false),
    error: z.string(),
    message: z.string(),
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.string(),
    errors: z.array(FieldError).optional(),
    data: z.record(z.string(), z.unknown()).optional(),
    trace_id: z.string().optional(),
  })
  .meta({ id: 'Problem' });

const openApiPath = (path: string): string => path.replace(/:([A-Za-z_]\w*)/g, '{$1}');

function withEnvelope(data: JsonSchema | undefined): JsonSchema {
  return {
    type: 'object',
    properties: {
      success: { const: true },
      message: { type: 'string' },
      ...(data && { data }),
    },
    required: ['success', 'message', ...(data ? ['data'] : [])],
  };
}

const hasNoData = (schema: z.ZodType): boolean => schema instanceof z.ZodVoid || schema instanceof z.ZodUndefined;

function successOf({ settings }: RouteDescription, schemas: SchemaCollection): JsonSchema {
  const { api, raw, message } = settings;
  if (api === undefined) return {};
  const status = api.status ?? 200;
  const description = message ?? STATUS_CODES[status] ?? 'Success';
  if (status === 204) return { [status]: { description } };
  const empty = hasNoData(api.answer);
  if (raw === true && empty) return { [status]: { description } };
  const data = empty ? undefined : schemas.add(api.answer, 'output');
  const schema = raw === true ? data : withEnvelope(data);
  return { [status]: { description, content: { [api.contentType ?? 'application/json']: { schema } } } };
}

function problemsOf({ settings, parameters, path }: RouteDescription): number[] {
  const { api, auth } = settings;
  const statuses = new Set([429, 500, 503]);
  if (auth?.access !== 'public') for (const status of [401, 403]) statuses.add(status);
  if (path.includes(':')) statuses.add(404);
  if (parameters.some(({ schema }) => schema !== undefined)) statuses.add(api?.invalidStatus ?? 400);
  if (parameters.some(({ source }) => source === 'body')) for (const status of [400, 413, 415]) statuses.add(status);
  return [...statuses].toSorted((a, b) => a - b);
}

const problemAnswers = (route: RouteDescription): JsonSchema =>
  Object.fromEntries(problemsOf(route).map((status) => [status, { $ref: `#/components/responses/Problem${status}` }]));

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
  return { required, content: { 'application/json': { schema: schemas.add(body.schema, 'input') } } };
}

function securityOf(auth: AuthRule | undefined): JsonSchema[] {
  if (auth === undefined || auth.access === 'public') return [];
  return [{ bearer: [] }, ...(auth.keyScope === undefined ? [] : [{ apiKey: [] }])];
}

function rightsOf(auth: AuthRule | undefined): string | undefined {
  const rights = [
    auth?.permission === undefined ? undefined : `Needs \`${auth.permission}\`.`,
    auth?.keyScope === undefined ? undefined : `API keys need the scope \`${auth.keyScope}\`.`,
  ].filter((text) => text !== undefined);
  return rights.length === 0 ? undefined : rights.join(' ');
}

function operationOf(route: RouteDescription, service: string, schemas: SchemaCollection): Operation {
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
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: { ...successOf(route, schemas), ...problemAnswers(route) },
  };
}

const problemResponses = (problem: JsonSchema, statuses: Iterable<number>): JsonSchema =>
  Object.fromEntries(
    [...statuses]
      .toSorted((a, b) => a - b)
      .map((status) => [
        `Problem${status}`,
        {
          description: STATUS_CODES[status] ?? 'Error',
          content: { 'application/json': { schema: problem }, 'application/problem+json': { schema: problem } },
        },
      ]),
  );

/**
 * The OpenAPI 3.1 document of a service, from the schemas its routes validate and answer with.
 * @throws Error when two different schemas share a name
 */
export function openApiDocument(
  service: string,
  version: string,
  routes: readonly RouteDescription[],
): OpenApiDocument {
  const schemas = new SchemaCollection();
  const problem = schemas.add(ProblemBody, 'output');
  const paths: OpenApiDocument['paths'] = {};
  const named = new Map<string, number>();
  for (const route of routes) {
    const operations = (paths[openApiPath(route.path)] ??= {});
    const operation = operationOf(route, service, schemas);
    const uses = (named.get(operation.operationId) ?? 0) + 1;
    named.set(operation.operationId, uses);
    // A handler of several paths is several operations, and their ids must differ.
    const operationId = uses === 1 ? operation.operationId : `${operation.operationId}.${uses}`;
    operations[route.method.toLowerCase()] = { ...operation, operationId };
  }
  return {
    openapi: '3.1.0',
    info: { title: `MyFusion Helper: ${service}`, version },
    paths,
    components: {
      schemas: Object.fromEntries(schemas.components),
      responses: problemResponses(problem, new Set(routes.flatMap((route) => problemsOf(route)))),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' },
      },
    },
  };
}
