import { routesOfModule } from './complete-routes.js';
import type { ServiceDefinition } from './define-service.js';
import { healthRoutes } from './health.js';
import { openApiDocument, type OpenApiDocument } from './openapi.js';

/** The OpenAPI document that a service serves at `/internal/openapi.json`, without starting it. */
export async function describeService(definition: ServiceDefinition, version: string): Promise<OpenApiDocument> {
  const routes = await routesOfModule(definition.module);
  return openApiDocument(definition.name, version, [
    ...routes,
    ...healthRoutes(definition.healthPaths ?? []),
    ...(definition.furtherRoutes ?? []),
  ]);
}
