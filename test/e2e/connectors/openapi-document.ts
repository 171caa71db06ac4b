import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv';
import { z } from 'zod';
import { projectRoot } from '#testing';
import type { DocumentCorrection } from './document-corrections.js';

const JsonContent = z.object({ 'application/json': z.object({ schema: z.unknown() }).optional() });
const Parameter = z.object({ name: z.string(), in: z.string(), required: z.boolean().nullish(), schema: z.unknown() });
const Operation = z.object({
  parameters: z.array(Parameter).default([]),
  requestBody: z.object({ content: JsonContent }).optional(),
  responses: z.record(z.string(), z.object({ content: JsonContent.optional() })),
});
const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

type OperationObject = z.infer<typeof Operation>;

interface Route {
  method: string;
  pattern: RegExp;
  literal: number;
  operation: OperationObject;
}

/** One exchange with a vendor as it went over the wire. */
export interface Exchange {
  method: string;
  /** Path as the document has it, with the query. */
  path: string;
  requestBody: unknown;
  status: number;
  responseBody: unknown;
}

/** Where the vendors' documents lie beside the project; they are not part of it. */
export function openApiPath(name: string): string {
  return resolve(projectRoot(), '..', 'shared', 'openapi', name);
}

/** A vendor's OpenAPI document, to hold requests and answers against. */
export class OpenApiDocument {
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  readonly #routes: Route[] = [];
  readonly #schemas: Readonly<Record<string, unknown>>;
  readonly #compiled = new Map<unknown, ValidateFunction>();
  readonly #closed = new Map<unknown, unknown>();

  constructor(path: string, corrections: readonly DocumentCorrection[]) {
    const json: unknown = JSON.parse(readFileSync(path, 'utf8'));
    for (const { change } of corrections) change(json);
    const document = Document.parse(json);
    this.#schemas = document.components.schemas;
    this.#ajv.addSchema({ $id: 'document', components: document.components });
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        if (method !== 'parameters') this.#routes.push(route(method, path, Operation.parse(operation)));
      }
    }
    // `/orders/{id}` must not win over `/orders/model`.
    this.#routes.sort((a, b) => b.literal - a.literal);
  }

  /** Everything in which an exchange differs from the document; empty when nothing does. */
  problemsOf(exchange: Exchange): string[] {
    const url = new URL(exchange.path, 'http://vendor.invalid');
    const found = this.#routes.find(({ method, pattern }) => method === exchange.method && pattern.test(url.pathname));
    if (found === undefined) return [`${exchange.method} ${url.pathname} is not in the document`];
    const { operation } = found;
    return [
      ...this.#queryProblems(operation, url.searchParams),
      ...this.#requestProblems(operation, exchange.requestBody),
      ...this.#responseProblems(operation, exchange),
    ].map((problem) => `${exchange.method} ${url.pathname}: ${problem}`);
  }

  #queryProblems(operation: OperationObject, query: URLSearchParams): string[] {
    const known = new Map(operation.parameters.filter(({ in: where }) => where === 'query').map((p) => [p.name, p]));
    const problems: string[] = [];
    for (const [name, value] of query) {
      const parameter = known.get(name);
      if (parameter === undefined) problems.push(`query parameter ${name} does not exist`);
      else problems.push(...this.#check(parameter.schema, queryValue(parameter.schema, value), `query ${name}`));
    }
    for (const [name, { required }] of known) {
      if (required === true && !query.has(name)) problems.push(`query parameter ${name} is required`);
    }
    return problems;
  }

  #requestProblems(operation: OperationObject, body: unknown): string[] {
    const schema = operation.requestBody?.content['application/json']?.schema;
    if (schema === undefined) return body === undefined ? [] : ['the request must not have a body'];
    const strict = this.#closed.get(schema) ?? closed(schema, (ref) => this.#resolve(ref));
    this.#closed.set(schema, strict);
    return this.#check(strict, body, 'request');
  }

  #responseProblems(operation: OperationObject, { status, responseBody }: Exchange): string[] {
    const response = operation.responses[String(status)];
    if (response === undefined) return [`status ${status} is not declared`];
    const schema = response.content?.['application/json']?.schema;
    return schema === undefined ? [] : this.#check(schema, responseBody, 'answer');
  }

  #check(schema: unknown, value: unknown, where: string): string[] {
    let validate = this.#compiled.get(schema);
    if (validate === undefined) {
      validate = this.#ajv.compile(rooted(schema));
      this.#compiled.set(schema, validate);
    }
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message }) => `${where}${instancePath} ${message ?? 'is wrong'}`,
    );
  }

  #resolve(ref: string): unknown {
    return this.#schemas[ref.replace('#/components/schemas/', '')];
  }
}

function route(method: string, path: string, operation: OperationObject): Route {
  const source = path.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`).replaceAll(/\{[^}]+\}/g, '[^/]+');
  const literal = path.replaceAll(/\{[^}]+\}/g, '').length;
  return { method: method.toUpperCase(), pattern: new RegExp(`^${source}$`), literal, operation };
}

/** References lead into the document. */
function rooted(schema: unknown): Record<string, unknown> {
  const text = JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/');
  return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
}

/** Lists travel as one text with commas, numbers as text. */
function queryValue(schema: unknown, value: string): unknown {
  const { type } = z.object({ type: z.string().optional() }).parse(schema);
  if (type === 'array') return value.split(',');
  return type === 'integer' || type === 'number' ? Number(value) : value;
}

/** A request's own members must all be known: vendors drop unknown ones without a word. */
function closed(schema: unknown, resolveRef: (ref: string) => unknown): unknown {
  const { $ref } = z.object({ $ref: z.string().optional() }).parse(schema);
  const target = $ref === undefined ? schema : resolveRef($ref);
  return { ...z.record(z.string(), z.unknown()).parse(target), additionalProperties: false };
}
