import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { FieldError } from '#contracts';
import { operationOf, problemsOf } from './openapi-operation.js';
import { SchemaCollection, type JsonSchema } from './openapi-schemas.js';
import type { RouteDescription } from './routes.js';

export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, JsonSchema>>;
  components: JsonSchema;
}

/** The members of RFC 9457 and ours beside them; a problem may have more, such as `retry_after`, `from` and `to`. */
const MEMBERS = {
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string(),
  code: z.string(),
  errors: z.array(FieldError).optional(),
  data: z.record(z.string(), z.unknown()).optional(),
  retry_after: z.number().optional(),
  trace_id: z.string().optional(),
};

const ProblemBody = z
  .looseObject({
    success: z.literal(false),
    error: z.union([z.string(), z.object({ code: z.string(), message: z.string() })]),
    message: z.string(),
    ...MEMBERS,
  })
  .meta({ id: 'Problem' });

const PureProblemBody = z.looseObject(MEMBERS).meta({ id: 'PureProblem' });

const openApiPath = (path: string): string => path.replace(/:([A-Za-z_]\w*)/g, '{$1}');

const problemResponses = (problem: JsonSchema, pure: JsonSchema, statuses: Iterable<number>): JsonSchema =>
  Object.fromEntries(
    [...statuses]
      .toSorted((a, b) => a - b)
      .map((status) => [
        `Problem${status}`,
        {
          description: STATUS_CODES[status] ?? 'Error',
          content: { 'application/json': { schema: problem }, 'application/problem+json': { schema: pure } },
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
  const pure = schemas.add(PureProblemBody, 'output');
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
      responses: problemResponses(problem, pure, new Set(routes.flatMap((route) => problemsOf(route)))),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' },
      },
    },
  };
}
