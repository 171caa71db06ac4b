import type { Right } from '#contracts';
import type { ApiClient } from './api-client.js';

export interface ApiOperation {
  /** `GET /helpers/{helper_id}` */
  name: string;
  method: string;
  path: string;
  /** Names in the path, in order. */
  parameters: string[];
  needsToken: boolean;
  takesKeys: boolean;
  /** What the table of rights must allow the caller's role. */
  right: Right | undefined;
  /** Name of the body's schema, where the route reads one. */
  body: string | undefined;
}

interface Operation {
  security: Record<string, unknown>[];
  'x-right'?: Right;
  requestBody?: { content: Record<string, { schema: { $ref?: string } }> };
}

/** Every operation that the merged OpenAPI document of a running system names. */
export async function apiOperations(api: ApiClient): Promise<ApiOperation[]> {
  const { paths } = (await api.get('/openapi.json')).body as unknown as {
    paths: Record<string, Record<string, Operation>>;
  };
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      parameters: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''),
      needsToken: operation.security.length > 0 && operation.security.every((way) => Object.keys(way).length > 0),
      takesKeys: operation.security.some((scheme) => 'apiKey' in scheme),
      right: operation['x-right'],
      body: bodyName(operation),
    })),
  );
}

function bodyName({ requestBody }: Operation): string | undefined {
  if (requestBody === undefined) return undefined;
  return requestBody.content['application/json']?.schema.$ref?.split('/').at(-1) ?? 'unnamed';
}

/** The path with values in place of its names. @throws Error for a name without a value */
export function filledPath(path: string, values: Readonly<Record<string, string>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`No value is known for {${name}} in ${path}: add one`);
    return encodeURIComponent(value);
  });
}
