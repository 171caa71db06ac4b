import { PERMISSIONS, ROLES, type Permission, type Role } from './roles.js';

/** What can be done with the things of an account. */
export const ACTIONS = ['view', 'manage', 'execute', 'export', 'restore', 'replay', 'send'] as const;
export type Action = (typeof ACTIONS)[number];

type Actions = readonly Action[];

const none: Actions = [];
const view: Actions = ['view'];
const execute: Actions = ['execute'];
const manage: Actions = ['view', 'manage'];
const run: Actions = ['view', 'manage', 'execute'];
const replay: Actions = ['view', 'replay'];
const extract: Actions = ['view', 'export'];
const recover: Actions = ['view', 'manage', 'execute', 'restore'];

/**
 * Who may do what: the one table behind the guards of all routes, the permission booleans that clients read, and the
 * grants that they hide buttons by. Columns are owner, admin, member, viewer. A client sees single things that were
 * granted by name, and nothing by role but the own notifications.
 */
const TABLE = {
  account: [manage, manage, view, view],
  team: [manage, manage, view, view],
  billing: [manage, manage, none, none],
  api_keys: [manage, manage, none, none],
  connections: [manage, manage, manage, view],
  helpers: [run, run, run, view],
  executions: [replay, replay, replay, view],
  dead_letters: [replay, replay, replay, view],
  schedules: [manage, manage, manage, view],
  data: [extract, extract, extract, view],
  backups: [recover, recover, run, view],
  // A viewer's chat has reading tools only.
  chat: [execute, execute, execute, execute],
  emails: [['view', 'manage', 'send'], ['view', 'manage', 'send'], ['view', 'send'], view],
  analytics: [extract, extract, view, view],
  notifications: [manage, manage, manage, manage],
  audit: [view, view, none, none],
  sub_accounts: [manage, view, none, none],
  // Deletion and transfer.
  account_ownership: [['manage'], none, none, none],
} as const satisfies Record<string, readonly [Actions, Actions, Actions, Actions]>;

export type Resource = keyof typeof TABLE;
export const RESOURCES = Object.keys(TABLE) as readonly Resource[];

/** One right: an action on a kind of thing. */
export interface Right {
  resource: Resource;
  action: Action;
}

const CLIENTS: Partial<Record<Resource, Actions>> = { notifications: manage };
const COLUMN = { owner: 0, admin: 1, member: 2, viewer: 3 } as const satisfies Partial<Record<Role, number>>;

const actionsOf = (role: Role, resource: Resource): Actions =>
  role === 'client' ? (CLIENTS[resource] ?? none) : TABLE[resource][COLUMN[role]];

type Rights = Readonly<Record<Role, ReadonlySet<string>>>;
const name = ({ resource, action }: Right): string => `${resource}.${action}`;

/** The table as sets: the guards ask it on every request. */
const RIGHTS = Object.fromEntries(
  ROLES.map((role) => [
    role,
    new Set(RESOURCES.flatMap((resource) => actionsOf(role, resource).map((action) => name({ resource, action })))),
  ]),
) as unknown as Rights;

/** Whether a role may do something in its account. */
export const isAllowed = (role: Role, right: Right): boolean => RIGHTS[role].has(name(right));

/** What each of the permission booleans stands for. */
export const RIGHT_OF_PERMISSION: Readonly<Record<Permission, Right>> = {
  can_manage_helpers: { resource: 'helpers', action: 'manage' },
  can_execute_helpers: { resource: 'helpers', action: 'execute' },
  can_manage_connections: { resource: 'connections', action: 'manage' },
  can_manage_team: { resource: 'team', action: 'manage' },
  can_manage_billing: { resource: 'billing', action: 'manage' },
  can_view_analytics: { resource: 'analytics', action: 'view' },
  can_manage_api_keys: { resource: 'api_keys', action: 'manage' },
};

/** The seven booleans of a role, as clients read them. */
export function permissionsOf(role: Role): Record<Permission, boolean> {
  const entries = PERMISSIONS.map((permission) => [permission, isAllowed(role, RIGHT_OF_PERMISSION[permission])]);
  return Object.fromEntries(entries) as Record<Permission, boolean>;
}

export interface Grant {
  resource: Resource;
  actions: Action[];
}

/** What a role may do with each kind of thing, for clients that hide what is not allowed. */
export const grantsOf = (role: Role): Grant[] =>
  RESOURCES.map((resource) => ({ resource, actions: [...actionsOf(role, resource)] })).filter(
    ({ actions }) => actions.length > 0,
  );
