import { describe, expect, it } from '@jest/globals';
import type { OpenApiDocument } from '#service-defaults';
import { asyncApiDocument } from './asyncapi.js';
import { mergeOpenApi } from './merge-openapi.js';

const document = (paths: OpenApiDocument['paths'], schemas: Record<string, unknown>): OpenApiDocument => ({
  openapi: '3.1.0',
  info: { title: 'part', version: '1' },
  paths,
  components: { schemas, responses: {}, securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
});
const answer = (name: string) => ({
  get: { responses: { 200: { content: { json: { schema: { $ref: `#/components/schemas/${name}` } } } } } },
});

describe('the document of all services', () => {
  it('keeps equal components once and renames those that differ, with everything that points to them', () => {
    const merged = mergeOpenApi(
      [
        {
          service: 'helpers',
          document: document({ '/helpers': answer('Item') }, { Item: { type: 'string' }, Same: {} }),
        },
        {
          service: 'platforms-connections',
          document: document(
            { '/platforms': answer('Item'), '/internal/x': answer('Item'), '/billing/operator/x': answer('Item') },
            { Item: { type: 'number' }, Same: {}, List: { items: { $ref: '#/components/schemas/Item' } } },
          ),
        },
      ],
      '1',
    );
    expect(Object.keys(merged.paths)).toEqual(['/helpers', '/platforms']);
    expect(merged.paths['/helpers']).toEqual(answer('Item'));
    expect(merged.paths['/platforms']).toEqual(answer('PlatformsConnectionsItem'));
    expect(merged.components['schemas']).toEqual({
      Item: { type: 'string' },
      List: { items: { $ref: '#/components/schemas/PlatformsConnectionsItem' } },
      PlatformsConnectionsItem: { type: 'number' },
      Same: {},
    });
    expect(merged.components['securitySchemes']).toEqual({ bearer: { type: 'http', scheme: 'bearer' } });
  });

  it('refuses two services that answer the same route', () => {
    const same = document({ '/x': answer('A') }, {});
    const twice = [
      { service: 'a', document: same },
      { service: 'b', document: same },
    ];
    expect(() => mergeOpenApi(twice, '1')).toThrow('GET /x of b is answered by another service');
  });
});

describe('the document of events and questions', () => {
  const described = asyncApiDocument('1');
  const { channels, operations, components } = described as {
    channels: Record<string, { address: string; messages: Record<string, { payload: Record<string, unknown> }> }>;
    operations: Record<string, { action: string; reply?: unknown }>;
    components: { schemas: Record<string, unknown> };
  };

  it('shows an event as a CloudEvent on its subject', () => {
    const { address, messages } = channels['executionCompleted'] ?? { address: '', messages: {} };
    expect(address).toBe('events.helpers.execution.completed.{helper_type}');
    expect(messages['executionCompleted']?.payload).toMatchObject({
      properties: {
        specversion: { const: '1.0' },
        type: { const: 'mfh.helpers.execution.completed.v1' },
        data: { properties: { execution_id: { type: 'string' } } },
      },
    });
    expect(operations['executionCompleted']).toMatchObject({ action: 'send' });
  });

  it('shows a question with its answer', () => {
    expect(channels['limits']?.address).toBe('questions.billing.limits');
    expect(operations['limits']).toMatchObject({ action: 'receive', reply: expect.anything() as unknown });
  });

  it('points to nothing that is not there', () => {
    const text = JSON.stringify(described);
    expect(text.includes('$defs')).toBe(false);
    const named = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name ?? '');
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !(name in components.schemas))).toEqual([]);
  });
});
