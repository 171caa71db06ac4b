import { z } from 'zod';

/** One environment variable as a schema declares it. */
export interface DeclaredSetting {
  variable: string;
  /** As text; undefined when the variable has none. */
  default: string | undefined;
  meaning: string | undefined;
}

interface SchemaNode {
  properties?: Record<string, { default?: unknown; description?: string }>;
  allOf?: SchemaNode[];
  anyOf?: SchemaNode[];
}

/** Reads the variables out of a settings schema, however it is put together. */
export function declaredSettings(schema: z.ZodType): DeclaredSetting[] {
  const node = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as SchemaNode;
  return settingsOf(node);
}

function settingsOf(node: SchemaNode): DeclaredSetting[] {
  const own = Object.entries(node.properties ?? {}).map(([variable, property]) => ({
    variable,
    default: property.default === undefined ? undefined : textOf(property.default),
    meaning: property.description,
  }));
  return [...own, ...[...(node.allOf ?? []), ...(node.anyOf ?? [])].flatMap(settingsOf)];
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
