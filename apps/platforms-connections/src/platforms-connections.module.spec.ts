import { expect, it } from '@jest/globals';
import { assertRoutesAreComplete, routesOfModule } from '#service-defaults';
import { PlatformsConnectionsModule } from './platforms-connections.module.js';

it('describes every route and says who may call it', async () => {
  await assertRoutesAreComplete(PlatformsConnectionsModule);
});

it('lets whoever may see connections read, and only those with the permission write', async () => {
  const routes = await routesOfModule(PlatformsConnectionsModule);
  const writers = routes.filter(({ method }) => method !== 'GET');
  expect(new Set(writers.map(({ settings }) => settings.auth?.permission))).toEqual(
    new Set(['can_manage_connections']),
  );

  const ofConnections = ({ path }: { path: string }): boolean => path.includes('connections');
  const readers = routes.filter(({ method }) => method === 'GET');
  const rights = readers.filter(ofConnections).map(({ settings }) => settings.auth?.right);
  expect(rights.length).toBeGreaterThan(0);
  for (const right of rights) expect(right).toEqual({ resource: 'connections', action: 'view' });
  const others = readers.filter((route) => !ofConnections(route));
  expect(others.filter(({ settings }) => settings.auth?.access !== 'authenticated').map(({ path }) => path)).toEqual([
    '/platforms/oauth/callback',
  ]);
});

it('is closed to API keys', async () => {
  const routes = await routesOfModule(PlatformsConnectionsModule);
  expect(routes.filter(({ settings }) => settings.auth?.keyScope !== undefined)).toEqual([]);
});
