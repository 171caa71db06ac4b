import { describe, expect, it } from '@jest/globals';
import { permissionsOf, ROLES } from '#contracts';
import { grantsOf, type Action } from './grants.js';

describe('grants', () => {
  /** The seven booleans and the finer table must never disagree. */
  it.each(ROLES)('of %s say the same as the permissions', (role) => {
    const may = (resource: string, action: Action): boolean =>
      grantsOf(role).some((grant) => grant.resource === resource && grant.actions.includes(action));
    expect(permissionsOf(role)).toMatchObject({
      can_manage_helpers: may('helpers', 'manage'),
      can_execute_helpers: may('helpers', 'execute'),
      can_manage_connections: may('connections', 'manage'),
      can_manage_team: may('team', 'manage'),
      can_manage_billing: may('billing', 'manage'),
      can_manage_api_keys: may('api_keys', 'manage'),
    });
  });

  it('leave out what the role may not even see', () => {
    expect(grantsOf('client')).toEqual([]);
    expect(grantsOf('viewer').map(({ resource }) => resource)).not.toContain('billing');
  });
});
