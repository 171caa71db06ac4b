import { Problem, type Role } from '#contracts';
import { isBelow } from './role-order.js';

interface Member {
  user_id: string;
  role: Role;
}

export const memberNotFound = (): Problem => new Problem(404, 'memberships.not_found', 'Team member not found');

export const changedMeanwhile = (): Problem =>
  new Problem(409, 'resource.conflict', 'The member was changed meanwhile; read the team again');

/** The owner changes only by transfer, and nobody changes somebody who may do more than they. */
function refuseStronger(own: Role, member: Member, ownerText: string): void {
  if (member.role === 'owner') throw new Problem(403, 'account.owner_fixed', ownerText);
  if (isBelow(own, member.role)) {
    throw new Problem(403, 'account.role_above_own', `You cannot change a member whose role is ${member.role}`);
  }
}

/** @throws Problem 403 when these may not change that member's role */
export function refuseRoleChange(actor: { userId: string; role: Role }, member: Member): void {
  if (member.user_id === actor.userId) {
    throw new Problem(403, 'account.own_role', 'You cannot change your own role; ask another admin');
  }
  refuseStronger(actor.role, member, "The owner's role cannot be changed; transfer the ownership instead");
}

/** @throws Problem 400 for oneself, 403 when these may not remove that member */
export function refuseRemoval(actor: { userId: string; role: Role }, member: Member): void {
  if (member.user_id === actor.userId) {
    throw new Problem(400, 'account.own_membership', 'You cannot remove yourself; ask another admin');
  }
  refuseStronger(actor.role, member, 'The owner cannot be removed; transfer the ownership first');
}
