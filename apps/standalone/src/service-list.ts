import type { ServiceDefinition } from '#service-defaults';

/** Services that may share a process. The gateway and the runner are processes of their own everywhere. */
const SERVICES: Record<string, () => Promise<{ service: ServiceDefinition }>> = {
  identity: () => import('../../identity/src/service.js'),
  accounts: () => import('../../accounts/src/service.js'),
  'platforms-connections': () => import('../../platforms-connections/src/service.js'),
  helpers: () => import('../../helpers/src/service.js'),
  billing: () => import('../../billing/src/service.js'),
  notifications: () => import('../../notifications/src/service.js'),
};

export const SERVICE_NAMES: readonly string[] = Object.keys(SERVICES);

/**
 * Loads the definitions of the named services, and the code of no other.
 * @param names all services when left out
 * @throws Error naming the unknown ones
 */
export async function loadServices(names: readonly string[] = SERVICE_NAMES): Promise<ServiceDefinition[]> {
  const loaders = names.map((name) => SERVICES[name] ?? name);
  const unknown = loaders.filter((loader) => typeof loader === 'string');
  if (unknown.length > 0) {
    throw new Error(`Unknown services: ${unknown.join(', ')}. There are ${SERVICE_NAMES.join(', ')}.`);
  }
  const loading = loaders.flatMap((loader) => (typeof loader === 'string' ? [] : [loader()]));
  return (await Promise.all(loading)).map(({ service }) => service);
}
