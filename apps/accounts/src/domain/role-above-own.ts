import { Problem, type Role } from '#contracts';
import { isBelow } from './role-order.js';

/** @throws Problem 403 when somebody gives a role that allows more than their own */
export function refuseRoleAbove(own: Role, given: Role): void {
  if (!isBelow(own, given)) return;
  throw new Problem(403, 'account.role_above_own', `You cannot give the role ${given}: your own is ${own}`);
}
