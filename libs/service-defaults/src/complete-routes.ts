import 'reflect-metadata';
import type { DynamicModule, ForwardReference, Type } from '@nestjs/common';
import { routesOfController, type RouteDescription } from './routes.js';

type Importable = Type | DynamicModule | Promise<DynamicModule> | ForwardReference;

const named = (route: RouteDescription): string =>
  `${route.method} ${route.path} (${route.controller}.${route.handler})`;

/** What a route lacks: description, answer schema, access rule, schema of a body or query. */
export function faultsOfRoute(route: RouteDescription): string[] {
  const { api, auth } = route.settings;
  const faults: string[] = [];
  if (api === undefined) faults.push('has no @Api with summary and answer schema');
  else if (api.summary.trim() === '') faults.push('has an empty summary');
  if (auth?.access === undefined) faults.push('has no access rule (@Public, @Authenticated or @RequiresPermission)');
  if (auth?.access === 'public' && auth.keyScope !== undefined) faults.push('is public and names a key scope');
  for (const { source, name, schema } of route.parameters) {
    if ((source === 'body' || source === 'query') && schema === undefined) {
      faults.push(`takes ${name === undefined ? `the ${source}` : `${source} field "${name}"`} without a schema`);
    }
  }
  return faults.map((fault) => `${named(route)} ${fault}`);
}

/** @throws Error that lists all faults of all routes; a service calls it before it serves */
export function refuseIncompleteRoutes(routes: readonly RouteDescription[]): void {
  const faults = routes.flatMap((route) => faultsOfRoute(route));
  if (faults.length > 0) throw new Error(`Routes are incomplete:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
}

async function collect(entry: Importable, seen: Set<unknown>, found: Set<Type>): Promise<void> {
  const given = await entry;
  const target = 'forwardRef' in given ? (given as ForwardReference<() => Type | DynamicModule>).forwardRef() : given;
  if (seen.has(target)) return;
  seen.add(target);
  const module = 'module' in target ? target.module : target;
  const dynamic: Partial<DynamicModule> = 'module' in target ? target : {};
  const declared = (key: string): unknown[] => (Reflect.getMetadata(key, module) as unknown[] | undefined) ?? [];
  for (const controller of [...declared('controllers'), ...(dynamic.controllers ?? [])]) found.add(controller as Type);
  for (const next of [...declared('imports'), ...(dynamic.imports ?? [])]) {
    await collect(next as Importable, seen, found);
  }
}

/** The routes of a module and all it imports, read from the classes: nothing is started. */
export async function routesOfModule(module: Importable): Promise<RouteDescription[]> {
  const controllers = new Set<Type>();
  await collect(module, new Set(), controllers);
  return [...controllers].flatMap((controller) => routesOfController(controller));
}

/**
 * For each app's own spec: every route of the module has a description, an answer schema, input schemas and an access
 * rule. A service refuses to start on the same findings.
 * @throws Error that lists all faults
 */
export async function assertRoutesAreComplete(module: Importable): Promise<void> {
  refuseIncompleteRoutes(await routesOfModule(module));
}
