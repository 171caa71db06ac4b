import { Problem } from '#contracts';

/** The user does not belong to the account, or to any. */
export const noMembership = (): Problem => new Problem(403, 'account.no_membership', 'Access denied');
