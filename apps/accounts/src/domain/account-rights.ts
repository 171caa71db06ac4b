import type { Role } from '#contracts';

export type AccountAction = 'view' | 'manage';

const ALLOWED: Readonly<Record<AccountAction, readonly Role[]>> = {
  view: ['owner', 'admin', 'member', 'viewer'],
  manage: ['owner', 'admin'],
};

/** Whether a role may see, or change, an account and its team. */
export const mayOnAccount = (role: Role, action: AccountAction): boolean => ALLOWED[action].includes(role);
