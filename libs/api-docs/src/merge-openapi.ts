import type { OpenApiDocument } from '#service-defaults';

type Json = Record<string, unknown>;

export interface ServiceDocument {
  /** Name of the service; put before component names that two services use differently. */
  service: string;
  document: OpenApiDocument;
}

const KINDS = ['schemas', 'responses', 'securitySchemes'] as const;
const REFERENCE = /^#\/components\/(\w+)\/(.+)$/;

const pascal = (service: string): string =>
  service.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);
const sorted = <T>(entries: Iterable<readonly [string, T]>): Record<string, T> =>
  Object.fromEntries([...entries].toSorted(byName));

/** Points references at the new names of components. */
function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (key !== '$ref' || typeof item !== 'string') return [key, renamed(item, names)];
      const [, kind = '', name = ''] = REFERENCE.exec(item) ?? [];
      const other = names.get(`${kind}/${name}`);
      return [key, other === undefined ? item : `#/components/${kind}/${other}`];
    }),
  );
}

/** Which components of a service need another name, because an earlier service uses theirs for something else. */
function newNames({ service, document }: ServiceDocument, known: ReadonlyMap<string, string>): Map<string, string> {
  const names = new Map<string, string>();
  for (const kind of KINDS) {
    for (const [name, content] of Object.entries((document.components[kind] ?? {}) as Json)) {
      const before = known.get(`${kind}/${name}`);
      if (before !== undefined && before !== JSON.stringify(content))
        names.set(`${kind}/${name}`, `${pascal(service)}${name}`);
    }
  }
  return names;
}

/** What the gateway lets nobody reach. */
const HIDDEN = ['/internal/', '/billing/operator/'];

/**
 * One document of all services' public routes. Paths under `/internal` and `/billing/operator` are left out; a component name that services use
 * for different things gets the service's name in front. The result does not depend on anything but its input, so it can
 * be compared with a checked-in copy.
 * @throws Error when two services answer the same path and method
 */
export function mergeOpenApi(services: readonly ServiceDocument[], version: string): OpenApiDocument {
  const paths = new Map<string, Record<string, Json>>();
  const known = new Map<string, string>();
  const components = new Map<string, Json>();
  for (const described of services) {
    const names = newNames(described, known);
    const { document, service } = described;
    for (const kind of KINDS) {
      for (const [name, content] of Object.entries((document.components[kind] ?? {}) as Json)) {
        const finalName = names.get(`${kind}/${name}`) ?? name;
        known.set(`${kind}/${finalName}`, JSON.stringify(content));
        components.set(`${kind}/${finalName}`, renamed(content, names) as Json);
      }
    }
    for (const [path, operations] of Object.entries(document.paths)) {
      if (HIDDEN.some((prefix) => path.startsWith(prefix))) continue;
      const all = paths.get(path) ?? {};
      for (const [method, operation] of Object.entries(operations)) {
        if (method in all)
          throw new Error(`${method.toUpperCase()} ${path} of ${service} is answered by another service`);
        all[method] = renamed(operation, names) as Json;
      }
      paths.set(path, all);
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'MyFusion Helper', version },
    paths: sorted(paths),
    components: Object.fromEntries(
      KINDS.map((kind) => [
        kind,
        sorted(
          [...components].flatMap(([key, content]) =>
            key.startsWith(`${kind}/`) ? [[key.slice(kind.length + 1), content] as const] : [],
          ),
        ),
      ]),
    ),
  };
}
