import type { Role } from './roles.js';

export const MEMBERSHIP_STATUSES = ['active', 'invited', 'suspended', 'removed'] as const;
export type MembershipStatus = (typeof MEMBERSHIP_STATUSES)[number];

/** The role as clients read it: they hide the role selector for exactly `Owner`. */
export const roleOnWire = (role: Role): string => (role === 'owner' ? 'Owner' : role);

/** The status of a membership as clients read it: they show a badge for exactly `Pending`. */
export function membershipStatusOnWire(status: MembershipStatus, role: Role): string {
  if (status === 'invited') return 'Pending';
  return status === 'active' && role === 'owner' ? 'Active' : status;
}
