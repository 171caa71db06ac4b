import type { Role } from '#contracts';

export type Action = 'view' | 'manage' | 'execute' | 'export' | 'restore' | 'replay' | 'send';

export interface Grant {
  resource: string;
  actions: Action[];
}

type Row = readonly Action[];
const v: Row = ['view'];
const vm: Row = ['view', 'manage'];
const vme: Row = ['view', 'manage', 'execute'];
const none: Row = [];

/** What each role may do: owner, admin, member, viewer. A client sees only what it was granted by name. */
const TABLE: Readonly<Record<string, readonly [Row, Row, Row, Row]>> = {
  account: [vm, vm, v, v],
  team: [vm, vm, v, v],
  billing: [vm, vm, none, none],
  api_keys: [vm, vm, none, none],
  connections: [vm, vm, vm, v],
  helpers: [vme, vme, vme, v],
  executions: [['view', 'replay'], ['view', 'replay'], ['view', 'replay'], v],
  dead_letters: [['view', 'replay'], ['view', 'replay'], ['view', 'replay'], v],
};

const COLUMNS: Readonly<Record<Role, number | undefined>> = {
  owner: 0,
  admin: 1,
  member: 2,
  viewer: 3,
  client: undefined,
};

/** What a role may do with each kind of thing, for clients that hide what is not allowed. */
export function grantsOf(role: Role): Grant[] {
  const column = COLUMNS[role];
  if (column === undefined) return [];
  return Object.entries(TABLE)
    .map(([resource, rows]) => ({ resource, actions: [...(rows[column] ?? none)] }))
    .filter(({ actions }) => actions.length > 0);
}
