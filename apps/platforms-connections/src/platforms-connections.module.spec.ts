import { expect, it } from '@jest/globals';
import { assertRoutesAreComplete, routesOfModule } from '#service-defaults';
import { PlatformsConnectionsModule } from './platforms-connections.module.js';

it('describes every route and says who may call it', async () => {
  await assertRoutesAreComplete(PlatformsConnectionsModule);
});

it('lets the whole account read and only those with the permission write', async () => {
  const routes = await routesOfModule(PlatformsConnectionsModule);
  const rules = routes.map(({ method, path, settings }) => [
    `${method} ${path}`,
    settings.auth?.permission ?? settings.auth?.access,
  ]);
  const writers = rules.filter(([route]) => !String(route).startsWith('GET '));
  expect(new Set(writers.map(([, rule]) => rule))).toEqual(new Set(['can_manage_connections']));
  const readers = rules.filter(([route]) => String(route).startsWith('GET '));
  expect(readers.filter(([, rule]) => rule !== 'authenticated')).toEqual([['GET /platforms/oauth/callback', 'public']]);
});

it('is closed to API keys', async () => {
  const routes = await routesOfModule(PlatformsConnectionsModule);
  expect(routes.filter(({ settings }) => settings.auth?.keyScope !== undefined)).toEqual([]);
});
