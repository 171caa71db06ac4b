import { describe, expect, it } from '@jest/globals';
import { ACTIONS, grantsOf, isAllowed, permissionsOf, RESOURCES, ROLES, type Action, type Resource } from './index.js';

/** As people wrote it down: owner, admin, member, viewer, client; v view, m manage, e execute. */
const WRITTEN: Record<Resource, string> = {
  account: 'vm | vm | v | v |',
  team: 'vm | vm | v | v |',
  billing: 'vm | vm | | |',
  api_keys: 'vm | vm | | |',
  connections: 'vm | vm | vm | v |',
  helpers: 'vme | vme | vme | v |',
  executions: 'v replay | v replay | v replay | v |',
  dead_letters: 'v replay | v replay | v replay | v |',
  schedules: 'vm | vm | vm | v |',
  data: 'v export | v export | v export | v |',
  backups: 'vme restore | vme restore | vme | v |',
  chat: 'e | e | e | e |',
  emails: 'vm send | vm send | v send | v |',
  analytics: 'v export | v export | v | v |',
  notifications: 'vm | vm | vm | vm | vm',
  audit: 'v | v | | |',
  sub_accounts: 'vm | v | | |',
  account_ownership: 'm | | | |',
};

const LETTERS: Record<string, Action> = { v: 'view', m: 'manage', e: 'execute' };
const isAction = (word: string): word is Action => (ACTIONS as readonly string[]).includes(word);

function written(resource: Resource, column: number): Action[] {
  const words = (WRITTEN[resource].split('|')[column] ?? '').trim().split(' ');
  return words.flatMap((word) => (isAction(word) ? [word] : [...word].flatMap((letter) => LETTERS[letter] ?? [])));
}

describe('the table of rights', () => {
  it.each(ROLES)('gives the role %s what was agreed, and nothing else', (role) => {
    const given = RESOURCES.map((resource) => [
      resource,
      ACTIONS.filter((action) => isAllowed(role, { resource, action })).toSorted(),
    ]);
    expect(given).toEqual(RESOURCES.map((resource) => [resource, written(resource, ROLES.indexOf(role)).toSorted()]));
  });

  it('lists as grants what it allows', () => {
    for (const role of ROLES) {
      const granted = grantsOf(role).flatMap(({ resource, actions }) =>
        actions.map((action) => ({ resource, action })),
      );
      expect(granted.every((right) => isAllowed(role, right))).toBe(true);
      const allowed = RESOURCES.flatMap((resource) =>
        ACTIONS.filter((action) => isAllowed(role, { resource, action })),
      );
      expect(granted).toHaveLength(allowed.length);
    }
    expect(grantsOf('viewer').map(({ resource }) => resource)).not.toContain('billing');
  });

  it('is what the seven booleans say', () => {
    const yes = (role: (typeof ROLES)[number]) =>
      Object.entries(permissionsOf(role)).flatMap(([permission, has]) => (has ? [permission] : []));
    const everything = [
      'can_manage_helpers',
      'can_execute_helpers',
      'can_manage_connections',
      'can_manage_team',
      'can_manage_billing',
      'can_view_analytics',
      'can_manage_api_keys',
    ];
    expect(yes('owner')).toEqual(everything);
    expect(yes('admin')).toEqual(everything);
    expect(yes('member')).toEqual([
      'can_manage_helpers',
      'can_execute_helpers',
      'can_manage_connections',
      'can_view_analytics',
    ]);
    expect(yes('viewer')).toEqual(['can_view_analytics']);
    expect(yes('client')).toEqual([]);
  });
});
