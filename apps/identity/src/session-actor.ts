import { Problem } from '#contracts';
import type { RequestContext, UserActor } from '#auth';

/** The signed-in person behind a request. These routes name no key scope, so a key does not come this far. */
export function sessionActor({ actor }: RequestContext): UserActor {
  if (actor.kind !== 'user') throw new Problem(403, 'account.permission_denied', 'Permission denied');
  return actor;
}

/** A token whose user is gone. */
export const userNotFound = (): Problem => new Problem(403, 'auth.user_not_found', 'User not found');
