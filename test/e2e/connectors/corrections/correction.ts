/** The vendors whose documents exchanges are held against. */
export type Vendor = 'keap' | 'gohighlevel' | 'activecampaign' | 'ontraport' | 'hubspot';

/** A part of a document. */
export type JsonObject = Record<string, unknown>;

/** A place where a vendor's document contradicts its API or itself, and what it should say. */
export interface DocumentCorrection {
  /** The document's file, as the vendor's test names it. */
  file: string;
  where: string;
  reason: string;
  /** Must change the document: a correction that changes nothing fails. */
  change: (document: JsonObject) => void;
}

/** The object at a place of a document. @throws Error when there is none, so that no correction outlives its reason */
export function partOf(document: JsonObject, ...steps: readonly string[]): JsonObject {
  let part: unknown = document;
  for (const step of steps) part = isObject(part) ? part[step] : undefined;
  if (!isObject(part)) throw new Error(`The document has nothing at ${steps.join(' > ')}`);
  return part;
}

/** Every operation of a document. */
export function operationsOf(document: JsonObject): JsonObject[] {
  return Object.values(partOf(document, 'paths'))
    .filter(isObject)
    .flatMap((methods) => Object.values(methods).filter(isObject));
}

/** Declares an answer of an operation, in place of one that is there; without a schema anything may be in it. */
export function addAnswer(operation: JsonObject, status: string, schema?: unknown): void {
  partOf(operation, 'responses')[status] = {
    description: '',
    ...(schema !== undefined && { content: { 'application/json': { schema } } }),
  };
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
