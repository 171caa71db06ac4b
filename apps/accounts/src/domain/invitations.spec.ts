import { describe, expect, it } from '@jest/globals';
import { ROLES } from '#contracts';
import { maskedEmail } from './masked-email.js';
import { isBelow, strongest } from './role-order.js';
import { refuseRemoval, refuseRoleChange } from './team-rules.js';
import { InvitedEmail } from './team-fields.js';

describe('the order of roles', () => {
  it('has the owner above all and takes the strongest of several', () => {
    for (const role of ROLES.slice(1)) expect(isBelow(role, 'owner')).toBe(true);
    expect(isBelow('admin', 'admin')).toBe(false);
    expect(strongest(['viewer', 'admin', 'member'])).toBe('admin');
    expect(strongest([])).toBeUndefined();
  });
});

describe('changes of a team', () => {
  const admin = { userId: 'user:a', role: 'admin' as const };
  it.each([
    ['user:a', 'admin', 'account.own_role', 'account.own_membership'],
    ['user:o', 'owner', 'account.owner_fixed', 'account.owner_fixed'],
  ] as const)('refuses that an admin changes %s (%s)', (user_id, role, changing, removing) => {
    expect(() => refuseRoleChange(admin, { user_id, role })).toThrow(expect.objectContaining({ code: changing }));
    expect(() => refuseRemoval(admin, { user_id, role })).toThrow(expect.objectContaining({ code: removing }));
  });
  it('lets an admin change other admins and everybody below', () => {
    for (const role of ['admin', 'member', 'viewer'] as const) {
      expect(() => refuseRoleChange(admin, { user_id: 'user:b', role })).not.toThrow();
    }
  });
});

it('shows of an address only how it begins and where it is', () => {
  expect(maskedEmail('ada.lovelace@example.test')).toBe('a***@example.test');
});

it('takes addresses in lower case and refuses what would leave the header', () => {
  expect(InvitedEmail.parse(' Ada@Example.Test ')).toBe('ada@example.test');
  for (const bad of ['', 'ada', 'ada@x', 'a b@c.d', 'ada@c.d\r\nBcc: x@y.z']) {
    expect(InvitedEmail.safeParse(bad).success).toBe(false);
  }
});
