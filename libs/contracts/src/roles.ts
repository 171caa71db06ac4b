export const ROLES = ['owner', 'admin', 'member', 'viewer', 'client'] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSIONS = [
  'can_manage_helpers',
  'can_execute_helpers',
  'can_manage_connections',
  'can_manage_team',
  'can_manage_billing',
  'can_view_analytics',
  'can_manage_api_keys',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** Scopes that an API key may carry; each route that keys may reach names one. */
export const KEY_SCOPES = [
  'execute_helpers',
  'read_helpers',
  'read_executions',
  'chat',
  'data_read',
  'data_export',
  'backups_run',
  'backups_restore',
  '*',
] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

export const PLANS = ['free', 'start', 'grow', 'deliver'] as const;
export type PlanId = (typeof PLANS)[number];
