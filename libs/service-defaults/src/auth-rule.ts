import type { KeyScope, Permission, Right } from '#contracts';

/** Who may call a route. Every route has exactly one rule; a service with a route without one does not start. */
export type AuthRule = {
  /** `optional`: anyone may call it, but a token that is sent must be good. */
  access: 'public' | 'optional' | 'authenticated' | 'permission';
  permission?: Permission;
  /** What the caller's role must allow, by the table in contracts. */
  right?: Right;
  /** The right counts in the account that the path names; the service looks up the caller's role there. */
  rightOfPath?: Right;
  /** API keys with this scope may call the route too; without it keys are refused. */
  keyScope?: KeyScope;
  /** The handler looks at the helpers that a key is limited to; without it such keys are refused. */
  keepsToHelpers?: boolean;
  /** The handler only tries out what a test key asks for; without it test keys may only read. */
  triesOut?: boolean;
};
