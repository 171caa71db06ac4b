import { ROLES, type Role } from '#contracts';

/** Lower is stronger; `ROLES` lists the strongest first. */
const rank = (role: Role): number => ROLES.indexOf(role);

/** Whether the first role may do less than the second. */
export const isBelow = (role: Role, other: Role): boolean => rank(role) > rank(other);

/** The one of these that allows most. */
export const strongest = (roles: readonly Role[]): Role | undefined => roles.toSorted((a, b) => rank(a) - rank(b))[0];
