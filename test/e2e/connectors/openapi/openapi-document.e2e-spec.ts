import { describe, expect, it } from '@jest/globals';
import { partOf } from '../corrections/correction.js';
import type { Exchange } from './exchange.js';
import { OpenApiDocument } from './openapi-document.js';

const PERSON = {
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'string' },
    nick: { type: 'string', nullable: true },
    home: { $ref: '#/components/schemas/Home' },
    extra: { type: 'object', additionalProperties: true },
  },
};

const DOCUMENT = {
  openapi: '3.0.3',
  paths: {
    '/people/model': { get: { responses: { '200': {} } } },
    '/people/{id}': {
      put: {
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'limit', in: 'query', required: true, schema: { type: 'integer', maximum: 50 } },
          { name: 'fields', in: 'query', schema: { type: 'array', items: { enum: ['id', 'nick'] } } },
          { name: 'Version', in: 'header', required: true, schema: { enum: ['1'] } },
        ],
        requestBody: { required: true, content: { 'application/json': { schema: PERSON } } },
        responses: {
          '200': {
            content: {
              'application/json': {
                schema: {
                  allOf: [{ $ref: '#/components/schemas/Person' }, { properties: { at: { type: 'integer' } } }],
                },
              },
            },
          },
          default: { content: { 'text/html': { schema: { type: 'string' } } } },
        },
      },
    },
    '/token': {
      post: {
        requestBody: {
          content: {
            'application/x-www-form-urlencoded': {
              schema: { type: 'object', required: ['code'], properties: { code: { type: 'string' } } },
            },
          },
        },
        responses: { '204': {} },
      },
    },
  },
  components: {
    schemas: { Person: PERSON, Home: { type: 'object', properties: { city: { type: 'string' } } } },
  },
};

const right: Exchange & { path: string } = {
  method: 'PUT',
  path: '/people/7?limit=5&fields=id,nick',
  requestHeaders: { version: '1' },
  requestBody: { id: '7', nick: null, home: { city: 'Leeds' }, extra: { any: 'thing' } },
  status: 200,
  contentType: 'application/json; charset=utf-8',
  responseBody: { id: '7', at: 3 },
  planned: false,
};

describe('a document of OpenAPI', () => {
  const document = new OpenApiDocument(DOCUMENT, []);
  const problemsOf = (difference: Partial<Exchange>): string[] | undefined => {
    const exchange = { ...right, ...difference };
    return document.problemsOf(exchange, exchange.path);
  };

  it('has nothing against an exchange that keeps to it', () => {
    expect(problemsOf({})).toEqual([]);
    expect(problemsOf({ status: 500, contentType: 'text/html', responseBody: 'Sorry' })).toEqual([]);
    expect(problemsOf({ status: 200, responseBody: 'anything', planned: true })).toEqual([]);
    const form = { method: 'POST', path: '/token', requestBody: undefined, requestForm: { code: '1' } };
    expect(problemsOf({ ...form, status: 204, responseBody: undefined })).toEqual([]);
  });

  it.each<[string, Partial<Exchange>]>([
    ['a query parameter that is unknown', { path: '/people/7?limit=5&page=2' }],
    ['a query parameter that is missing', { path: '/people/7' }],
    ['a query parameter that is too large', { path: '/people/7?limit=51' }],
    ['a query parameter that is no number', { path: '/people/7?limit=many' }],
    ['an unknown item of a list in the query', { path: '/people/7?limit=5&fields=id,phone' }],
    ['a header that is missing', { requestHeaders: {} }],
    ['a header that is another', { requestHeaders: { version: '2' } }],
    ['a body that is missing', { requestBody: undefined }],
    ['an unknown member of a body', { requestBody: { id: '7', name: 'Ada' } }],
    ['an unknown member inside a body', { requestBody: { id: '7', home: { town: 'Leeds' } } }],
    ['a null where none may be', { requestBody: { id: null } }],
    ['a body where a form belongs', { method: 'POST', path: '/token', status: 204, requestBody: { code: '1' } }],
    ['a form where a body belongs', { requestForm: { id: '7' } }],
    ['a number where a text belongs', { responseBody: { id: 7 } }],
    ['an unknown member of an answer of several schemas', { responseBody: { id: '7', at: 3, by: 'me' } }],
    ['an answer of another type', { contentType: 'text/html', responseBody: 'Hello' }],
    ['a body in an answer that is an error', { status: 500, responseBody: { error: 'x' } }],
  ])('is strict about %s', (_name, difference) => {
    expect(new Set(problemsOf(difference)?.map((problem) => problem.split(' must ')[0])).size).toBe(1);
  });

  it('knows only its own paths and methods', () => {
    expect(problemsOf({ path: '/persons/7?limit=5' })).toBeUndefined();
    expect(problemsOf({ method: 'PATCH' })).toBeUndefined();
  });

  it('takes `null` as 3.1 writes it, and prefers a path without parameters', () => {
    const modern = structuredClone(DOCUMENT);
    modern.openapi = '3.1.0';
    const nick = { type: ['string', 'null'] };
    const document31 = new OpenApiDocument(modern, [
      {
        file: 'x.json',
        where: 'the nickname',
        reason: 'nulls are a type in 3.1',
        change: (json) => {
          partOf(json, 'components', 'schemas', 'Person', 'properties')['nick'] = nick;
        },
      },
    ]);
    const problems = (given: unknown) =>
      document31.problemsOf({ ...right, responseBody: { id: '7', nick: given } }, right.path);
    expect([problems(null), problems('Ada')]).toEqual([[], []]);
    expect(problems(7)).toHaveLength(1);
    const model = { ...right, method: 'GET', path: '/people/model', requestBody: undefined, responseBody: [] };
    expect(document31.problemsOf(model, model.path)).toEqual([]);
  });

  it('takes corrections, and refuses one that changes nothing', () => {
    const correction = {
      file: 'x.json',
      where: 'the home',
      reason: 'it has a street',
      change: (json: Record<string, unknown>) => {
        partOf(json, 'components', 'schemas', 'Home', 'properties')['street'] = { type: 'string' };
      },
    };
    const requestBody = { id: '7', home: { street: 'High Street' } };
    const corrected = new OpenApiDocument(DOCUMENT, [correction]);
    expect(corrected.problemsOf({ ...right, requestBody }, right.path)).toEqual([]);
    expect(problemsOf({ requestBody })).toHaveLength(1);
    expect(() => new OpenApiDocument(DOCUMENT, [correction, correction])).toThrow(/changes nothing/);
  });
});
