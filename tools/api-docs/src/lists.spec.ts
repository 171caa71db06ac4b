import { beforeAll, describe, expect, it } from '@jest/globals';
import { apiFiles } from './api-files.js';

interface Schema {
  $ref?: string;
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
}

interface Operation {
  parameters?: { name: string; in: string }[];
  responses: Record<string, { content?: Record<string, { schema: Schema }> } | undefined>;
}

interface OpenApi {
  paths: Record<string, { get?: Operation }>;
  components: { schemas: Record<string, Schema> };
}

/** Answers that contain lists and are none: one object with all its parts. */
const ONE_OBJECT = new Set([
  '/accounts/{account_id}/hierarchy',
  '/auth/permissions',
  '/auth/status',
  '/billing/usage',
  '/platforms/{platform_id}/connections/{connection_id}/fields',
]);
const ASKED_OF_LISTS = ['cursor', 'limit', 'page_size', 'order_by', 'include_total'];

describe('every list of the API', () => {
  let api: OpenApi;
  let lists: [string, Operation][];

  const resolved = (schema: Schema | undefined): Schema =>
    schema?.$ref === undefined ? (schema ?? {}) : resolved(api.components.schemas[schema.$ref.split('/').at(-1) ?? '']);
  const envelopeOf = (operation: Operation): Record<string, Schema> =>
    resolved(operation.responses['200']?.content?.['application/json']?.schema).properties ?? {};
  const holdsObjects = (schema: Schema): boolean =>
    resolved(schema).type === 'array' && resolved(resolved(schema).items).type === 'object';

  beforeAll(async () => {
    api = JSON.parse((await apiFiles()).get('openapi.json') ?? '') as OpenApi;
    lists = Object.entries(api.paths).flatMap(([path, { get }]) => {
      if (get === undefined || path.endsWith('}') || ONE_OBJECT.has(path)) return [];
      const data = resolved(envelopeOf(get)['data']);
      const isList = holdsObjects(data) || Object.values(data.properties ?? {}).some(holdsObjects);
      return isList ? [[path, get] as [string, Operation]] : [];
    });
  });

  it('is found', () => {
    expect(lists.map(([path]) => path)).toEqual(expect.arrayContaining(['/api-keys', '/helpers', '/audit']));
    for (const path of ONE_OBJECT) expect(api.paths).toHaveProperty([path]);
  });

  it('says where its page stands: in its data, beside it where the data is a bare array', () => {
    const silent = lists.filter(([, operation]) => {
      const envelope = envelopeOf(operation);
      const data = resolved(envelope['data']);
      return (data.type === 'array' ? envelope : (data.properties ?? {}))['page_info'] === undefined;
    });
    expect(silent.map(([path]) => path)).toEqual([]);
  });

  it('takes size, cursor, order and the wish for a total', () => {
    const deaf = lists.flatMap(([path, { parameters = [] }]) => {
      const missing = ASKED_OF_LISTS.filter((name) => !parameters.some((p) => p.in === 'query' && p.name === name));
      return missing.length === 0 ? [] : [[path, missing]];
    });
    expect(deaf).toEqual([]);
  });
});
