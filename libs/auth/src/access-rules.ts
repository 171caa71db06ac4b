import { RIGHT_OF_PERMISSION, type Action, type KeyScope as Scope, type Permission, type Resource } from '#contracts';
import { addRouteSettings, routeSettingsOf, type AuthRule } from '#service-defaults';

function addRule(descriptor: { value?: unknown }, decorator: string, rule: Partial<AuthRule>): void {
  const handler = descriptor.value;
  if (typeof handler !== 'function') throw new Error(`@${decorator} belongs on a method`);
  const before: Partial<AuthRule> = routeSettingsOf(handler).auth ?? {};
  if (rule.access !== undefined && before.access !== undefined) {
    throw new Error(`${handler.name} has two access rules: ${before.access} and ${rule.access}`);
  }
  addRouteSettings(handler, { auth: { ...before, ...rule } as AuthRule });
}

/** Anyone may call the route, without a token. */
export const Public = (): MethodDecorator => (_target, _key, descriptor) =>
  addRule(descriptor, 'Public', { access: 'public' });

/** Anyone may call the route; whoever sends a token is known to it, and a token that is no good is refused. */
export const OptionallyAuthenticated = (): MethodDecorator => (_target, _key, descriptor) =>
  addRule(descriptor, 'OptionallyAuthenticated', { access: 'optional' });

/** Any member of the account may call the route. */
export const Authenticated = (): MethodDecorator => (_target, _key, descriptor) =>
  addRule(descriptor, 'Authenticated', { access: 'authenticated' });

/** Members whose role has the permission may call the route; others get 403. */
export const RequiresPermission =
  (permission: Permission): MethodDecorator =>
  (_target, _key, descriptor) =>
    addRule(descriptor, 'RequiresPermission', {
      access: 'permission',
      permission,
      right: RIGHT_OF_PERMISSION[permission],
    });

/** Members whose role allows the action, by the table in contracts, may call the route; others get 403. */
export const Requires =
  (resource: Resource, action: Action): MethodDecorator =>
  (_target, _key, descriptor) =>
    addRule(descriptor, 'Requires', { access: 'permission', right: { resource, action } });

/**
 * Says what a route needs in the account of its path, where the guard of the service looks up the caller's role. Goes
 * beside `@Authenticated()`: the role of the token says nothing about another account.
 */
export const RequiresInAccountOfPath =
  (resource: Resource, action: Action): MethodDecorator =>
  (_target, _key, descriptor) =>
    addRule(descriptor, 'RequiresInAccountOfPath', { rightOfPath: { resource, action } });

/** What a handler does about keys that are less than others. */
export interface KeyCare {
  /** It looks at the helpers that a key is limited to; without it such keys get 403. */
  keepsToHelpers?: boolean;
  /** It only tries out what a test key asks for; without it test keys may only read. */
  triesOut?: boolean;
}

/** API keys with this scope may call the route too; without this decorator keys get 403. */
export const KeyScope =
  (keyScope: Scope, care: KeyCare = {}): MethodDecorator =>
  (_target, _key, descriptor) =>
    addRule(descriptor, 'KeyScope', { keyScope, ...care });
