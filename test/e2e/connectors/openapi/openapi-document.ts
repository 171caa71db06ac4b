import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv';
import { z } from 'zod';
import { isObject, type DocumentCorrection } from '../corrections/correction.js';
import type { Exchange } from './exchange.js';
import { answerProblems, formProblems, jsonProblems, parameterProblems } from './exchange-problems.js';
import { Operation, type Check } from './operation.js';
import { shut, strictSchemas, withModernNulls } from './strict-schemas.js';

const Document = z.object({
  openapi: z.string(),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

interface Route {
  method: string;
  pattern: RegExp;
  /** How much of the path is no parameter. */
  literal: number;
  operation: Operation;
}

/** One of a vendor's OpenAPI documents, to hold requests and answers against. */
export class OpenApiDocument {
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  readonly #routes: Route[] = [];
  readonly #compiled = new Map<unknown, ValidateFunction>();

  /** @throws Error when a correction changes nothing: the document no longer has that error */
  constructor(json: unknown, corrections: readonly DocumentCorrection[]) {
    const document = correctedDocument(json, corrections);
    const { shut: shutSchemas, open } = strictSchemas(document.components.schemas);
    this.#ajv.addSchema({ $id: 'shut', components: { schemas: shutSchemas } });
    this.#ajv.addSchema({ $id: 'open', components: { schemas: open } });
    for (const [pathName, methods] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        if (method !== 'parameters') this.#routes.push(route(method, pathName, Operation.parse(operation)));
      }
    }
    // `/orders/{id}` must not win over `/orders/model`.
    this.#routes.sort((a, b) => b.literal - a.literal);
  }

  /**
   * Everything in which an exchange differs from the document.
   * @param path the exchange's path as the document has it, with the query
   * @returns undefined when the document has no such operation
   */
  problemsOf(exchange: Exchange, path: string): string[] | undefined {
    const url = new URL(path, 'http://vendor.invalid');
    const found = this.#routes.find(({ method, pattern }) => method === exchange.method && pattern.test(url.pathname));
    if (found === undefined) return undefined;
    const { operation } = found;
    const check: Check = (schema, value, where) => this.#check(schema, value, where);
    const problems = [
      ...parameterProblems(operation, url.searchParams, exchange.requestHeaders, check),
      ...(exchange.requestForm === undefined
        ? jsonProblems(operation, exchange.requestBody, check)
        : formProblems(operation, exchange.requestForm, check)),
      ...(exchange.planned ? [] : answerProblems(operation, exchange, check)),
    ];
    return problems.map((problem) => `${exchange.method} ${url.pathname}: ${problem}`);
  }

  #check(schema: unknown, value: unknown, where: string): string[] {
    let validate = this.#compiled.get(schema);
    if (validate === undefined) {
      const strict = shut(schema);
      validate = this.#ajv.compile(isObject(strict) ? strict : {});
      this.#compiled.set(schema, validate);
    }
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) => {
      const member: unknown = isObject(params) ? params['unevaluatedProperty'] : undefined;
      return `${where}${instancePath} ${message ?? 'is wrong'}${typeof member === 'string' ? `: ${member}` : ''}`;
    });
  }
}

function correctedDocument(given: unknown, corrections: readonly DocumentCorrection[]): z.infer<typeof Document> {
  const json = structuredClone(given);
  if (!isObject(json)) throw new Error('This is no document');
  for (const { change, where } of corrections) {
    const before = JSON.stringify(json);
    change(json);
    if (JSON.stringify(json) === before) throw new Error(`The correction of ${where} changes nothing: take it out`);
  }
  return Document.parse(String(json['openapi']).startsWith('3.0') ? withModernNulls(json) : json);
}

function route(method: string, path: string, operation: Operation): Route {
  const source = path.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`).replaceAll(/\{[^}]+\}/g, '[^/]+');
  const literal = path.replaceAll(/\{[^}]+\}/g, '').length;
  return { method: method.toUpperCase(), pattern: new RegExp(`^${source}$`), literal, operation };
}
