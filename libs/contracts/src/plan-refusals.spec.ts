import { describe, expect, it } from '@jest/globals';
import { featureNotAvailable, isProblem, refuseBeyondPlan } from '#contracts';
import type { PlanOfAccount, Problem } from '#contracts';

const plan = (limits: Partial<PlanOfAccount['limits']> = {}, id: PlanOfAccount['plan'] = 'start'): PlanOfAccount => ({
  plan: id,
  label: 'Start',
  limits: {
    max_helpers: 10,
    max_connections: 2,
    max_api_keys: 2,
    max_team_members: 2,
    max_executions: 5_000,
    webhooks_enabled: true,
    ...limits,
  },
  storage_bytes: 5_000_000_000,
  overage: 'meter',
  period: { from: '2026-11-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z' },
  upgrade_url: 'https://app.example.com/settings?tab=billing',
});

function refusalOf(work: () => void): Problem | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (isProblem(error)) return error;
    throw error;
  }
}

describe('A plan that is full', () => {
  it.each([
    ['helpers', 9, 10, 'Your Start plan allows 10 helpers. Upgrade to add more.'],
    ['connections', 1, 2, 'Your Start plan allows 2 connections. Upgrade to add more.'],
    ['api_keys', 1, 2, 'Your Start plan allows 2 API keys. Upgrade to add more.'],
    ['team_members', 1, 2, 'Team member limit reached. Upgrade your plan to add more members.'],
  ] as const)('refuses %s: %i are fewer than %i', (resource, last, limit, message) => {
    expect(refusalOf(() => refuseBeyondPlan(resource, plan(), last))).toBeUndefined();
    expect(refusalOf(() => refuseBeyondPlan(resource, plan(), limit))).toMatchObject({
      status: 403,
      code: 'billing.limit_reached',
      message,
      data: { limit, used: limit, plan: 'start', upgrade_url: 'https://app.example.com/settings?tab=billing' },
    });
  });

  it('counts files in bytes and speaks of gigabytes', () => {
    expect(refusalOf(() => refuseBeyondPlan('storage', plan(), 4_999_999_000, 1_000))).toBeUndefined();
    expect(refusalOf(() => refuseBeyondPlan('storage', plan(), 4_999_999_000, 1_001))).toMatchObject({
      message: 'Your Start plan allows 5 GB of files. Upgrade to keep more.',
      data: { limit: 5_000_000_000, used: 4_999_999_000 },
    });
  });

  it('has no room for sub-accounts unless it is one of the larger ones', () => {
    expect(refusalOf(() => refuseBeyondPlan('sub_accounts', plan(), 0))?.data).toMatchObject({ limit: 0 });
    expect(refusalOf(() => refuseBeyondPlan('sub_accounts', plan({}, 'grow'), 4))).toBeUndefined();
    expect(refusalOf(() => refuseBeyondPlan('sub_accounts', plan({}, 'grow'), 5))?.data).toMatchObject({ limit: 5 });
  });

  it('still lets in whoever has a place already', () => {
    expect(refusalOf(() => refuseBeyondPlan('team_members', plan(), 2, 0))).toBeUndefined();
    expect(refusalOf(() => refuseBeyondPlan('team_members', plan(), 3, 0))).toMatchObject({ status: 403 });
  });

  it('is never full where it is unlimited', () => {
    expect(refusalOf(() => refuseBeyondPlan('helpers', plan({ max_helpers: null }), 1_000_000))).toBeUndefined();
  });
});

it('A missing feature is named with the plan and the way to get it', () => {
  const wording = { does: 'does not dance', use: 'dance' };
  expect(featureNotAvailable('dancing', plan(), wording)).toMatchObject({
    status: 403,
    code: 'billing.feature_not_available',
    message: 'Your Start plan does not dance. Upgrade to dance.',
    data: { feature: 'dancing', plan: 'start' },
  });
});
