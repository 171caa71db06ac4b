import { expect, it } from '@jest/globals';
import { events, type CloudEvent } from '#contracts';
import { auditedEvent } from './audited-events.js';

const event = (type: string, data: unknown): CloudEvent => ({
  specversion: '1.0',
  id: 'evt_1',
  source: '/mfh/accounts',
  type,
  time: '2026-03-01T12:00:00.000Z',
  datacontenttype: 'application/json',
  data,
});

it('says who changed whose role', () => {
  const data = {
    account_id: 'account:1',
    user_id: 'user:2',
    role: 'viewer',
    previous_role: 'admin',
    lowered: true,
    changed_by: 'user:1',
  };
  expect(auditedEvent(event(events.memberRoleChanged.type, data))).toMatchObject({
    id: 'evt_1',
    type: 'accounts.member.role_changed',
    accountId: 'account:1',
    actor: { kind: 'user', id: 'user:1' },
    source: 'accounts',
    target: { kind: 'user', id: 'user:2' },
    data: { role: 'viewer', previous_role: 'admin' },
  });
});

it('names the product where nobody did it, and leaves the account of a person open', () => {
  const locked = auditedEvent(
    event(events.userSignInLocked.type, { user_id: 'user:1', until: '2026-03-01T12:15:00Z' }),
  );
  expect(locked).toMatchObject({ actor: { kind: 'system', id: 'system' }, target: { kind: 'user', id: 'user:1' } });
  expect(locked).not.toHaveProperty('accountId');
});

it('knows no other facts, and refuses one of another form', () => {
  expect(auditedEvent(event(events.helperCreated.type, {}))).toBeUndefined();
  expect(() => auditedEvent(event(events.memberRemoved.type, {}))).toThrow();
});
