import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { APP_CLIENTS } from '#testing';
import { apiOperations, filledPath, type ApiOperation } from './support/api-operations.js';
import { newCustomer } from './support/customer.js';
import { errorFormFaults } from './support/error-forms.js';
import { fillLists, withOneOfEach } from './support/filled-lists.js';
import { listFaults, listRoutes } from './support/list-routes.js';
import { RunningSystem } from './support/running-system.js';
import { versionedPaths, versionFaults } from './support/version-faults.js';

let system: RunningSystem;
let operations: ApiOperation[];

beforeAll(async () => {
  system = await RunningSystem.start({
    env: { MFH_MAX_ATTEMPTS: '1', HTTP_ERROR_FORM: 'object', AUTH_APP_CLIENTS: APP_CLIENTS },
  });
  operations = await apiOperations(system.api);
});
afterAll(async () => system.stop());

it('every route refuses in the object form of errors where a deployment chose that, and as a pure problem', async () => {
  expect(operations.length).toBeGreaterThan(80);
  expect(await errorFormFaults(system, operations, 'object')).toEqual([]);
});

it('every list gives each item once, whatever the size of a page and the order, by cursors of its own', async () => {
  const [customer, other] = [await newCustomer(system), await newCustomer(system)];
  const [own, others] = [await fillLists(system, customer), await withOneOfEach(other)];
  const routes = await listRoutes(system.api);
  expect(routes.length).toBeGreaterThan(14);
  const faults: unknown[] = [];
  for (const route of routes) {
    const mine = { api: customer.api, path: filledPath(route.path, own) };
    const foreign = { api: other.api, path: filledPath(route.path, others) };
    faults.push(...(await listFaults(route, mine, foreign)).map((fault) => [route.path, fault]));
  }
  expect(faults).toEqual([]);
});

it('every edit that takes If-Match keeps to the version that its caller saw', async () => {
  const customer = await newCustomer(system);
  const names = await withOneOfEach(customer);
  const paths = await versionedPaths(system.api);
  expect(paths).toEqual(
    expect.arrayContaining([
      '/accounts/preferences',
      '/accounts/{account_id}',
      '/helpers/{helper_id}',
      '/platforms/{platform_id}/connections/{connection_id}',
    ]),
  );
  const faults: unknown[] = [];
  for (const path of paths) {
    const body = path === '/accounts/preferences' ? { weekly_summary: true } : { name: 'Another name' };
    const found = await versionFaults(customer.api, filledPath(path, names), body);
    if (found.length > 0) faults.push([path, found]);
  }
  expect(faults).toEqual([]);
});
