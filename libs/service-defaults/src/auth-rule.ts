import type { KeyScope, Permission } from '#contracts';

/** Who may call a route. Every route has exactly one rule; a service with a route without one does not start. */
export type AuthRule = {
  access: 'public' | 'authenticated' | 'permission';
  permission?: Permission;
  /** API keys with this scope may call the route too; without it keys are refused. */
  keyScope?: KeyScope;
};
