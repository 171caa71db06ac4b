import { z } from 'zod';

/** One environment variable as a schema declares it. */
export interface DeclaredSetting {
  variable: string;
  /** As text; undefined when the variable has none. */
  default: string | undefined;
  meaning: string | undefined;
}

interface Property {
  default?: unknown;
  description?: string;
  /** The same variable in several schemas. */
  allOf?: Property[];
}

interface SchemaNode {
  properties?: Record<string, Property>;
  allOf?: SchemaNode[];
  anyOf?: SchemaNode[];
}

/** Reads the variables out of a settings schema, however it is put together. */
export function declaredSettings(schema: z.ZodType): DeclaredSetting[] {
  const node = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as SchemaNode;
  return settingsOf(node);
}

function settingsOf(node: SchemaNode): DeclaredSetting[] {
  const own = Object.entries(node.properties ?? {}).map(([variable, declared]) => {
    const { default: standard, description: meaning } = declared.allOf?.[0] ?? declared;
    return { variable, default: standard === undefined ? undefined : textOf(standard), meaning };
  });
  return [...own, ...[...(node.allOf ?? []), ...(node.anyOf ?? [])].flatMap(settingsOf)];
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
