import { z } from 'zod';

export type Json = Record<string, unknown>;

/** References inside one schema lead into the document's components. */
function moved(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => moved(item, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (key !== '$ref' || typeof item !== 'string') return [key, moved(item, names)];
      const name = item.replace('#/$defs/', '');
      return [key, `#/components/schemas/${names.get(name) ?? name}`];
    }),
  );
}

/**
 * The JSON Schemas of messages. Schemas with a name become components; one that is different as it is sent and as it is
 * read (defaults, conversions) becomes two.
 */
export class MessageSchemas {
  readonly components = new Map<string, Json>();

  /** @param io `input`: what may be sent; `output`: what is read */
  add(schema: z.ZodType, io: 'input' | 'output'): Json {
    const {
      $schema: _dialect,
      $defs = {},
      id,
      ...root
    } = z.toJSONSchema(schema, {
      io,
      unrepresentable: 'any',
      reused: 'inline',
    }) as Json & { $defs?: Record<string, Json>; id?: string };
    const parts = Object.entries(id === undefined ? $defs : { ...$defs, [id]: root });
    const plain = new Map(parts.map(([name]) => [name, name] as const));
    const names = new Map(parts.map(([name, part]) => [name, this.nameFor(name, without(part), plain, io)] as const));
    for (const [name, part] of parts) {
      this.components.set(names.get(name) ?? name, moved(without(part), names) as Json);
    }
    return (id === undefined ? moved(root, names) : { $ref: `#/components/schemas/${names.get(id) ?? id}` }) as Json;
  }

  private nameFor(name: string, part: Json, names: ReadonlyMap<string, string>, io: 'input' | 'output'): string {
    const known = this.components.get(name);
    if (known === undefined || JSON.stringify(known) === JSON.stringify(moved(part, names))) return name;
    return `${name}${io === 'input' ? 'AsSent' : 'AsRead'}`;
  }
}

const without = ({ id: _id, ...part }: Json): Json => part;
