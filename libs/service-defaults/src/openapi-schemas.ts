import { z } from 'zod';

export type JsonSchema = { [key: string]: unknown };

/**
 * Collects the JSON Schemas of one document. Schemas with `.meta({ id })` become named components; the same name with
 * another content is an error, since clients are generated from the names.
 */
export class SchemaCollection {
  readonly components = new Map<string, JsonSchema>();

  /** @param io `input`: what a client may send; `output`: what it gets */
  add(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const {
      $schema: _dialect,
      $defs = {},
      ...root
    } = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline', cycles: 'ref' }) as JsonSchema & {
      $defs?: Record<string, JsonSchema>;
    };
    for (const [name, definition] of Object.entries($defs)) this.name(name, moved(definition) as JsonSchema);
    const { id, ...content } = root;
    if (typeof id !== 'string') return moved(content) as JsonSchema;
    this.name(id, moved(content) as JsonSchema);
    return { $ref: `#/components/schemas/${id}` };
  }

  private name(name: string, definition: JsonSchema): void {
    const { id: _id, ...content } = definition;
    const known = this.components.get(name);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(content)) {
      throw new Error(`Two different schemas are called "${name}"`);
    }
    this.components.set(name, content);
  }
}

/** References inside one schema lead into the document's components. */
function moved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(moved);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) =>
      key === '$ref' && typeof item === 'string'
        ? [key, item.replace('#/$defs/', '#/components/schemas/')]
        : [key, moved(item)],
    ),
  );
}
