import {
  applyDecorators,
  createParamDecorator,
  Injectable,
  SetMetadata,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { requestContextOf, RequiresInAccountOfPath } from '#auth';
import {
  isAllowed,
  Problem,
  scopeOf,
  type AccountScope,
  type Action,
  type Resource,
  type Right,
  type Role,
} from '#contracts';
import type { ServiceRequest } from '#service-defaults';
import { AccountRoles } from './account-roles.js';

const RIGHT = 'right-in-account-of-path';

/** The account that a path names, once the caller's membership in it has been found. */
export interface AccountOfPath {
  scope: AccountScope;
  /** Of the caller in that account, which need not be the account of the token. */
  role: Role;
}

/** The team page and its clients know the text about teams. */
const denied = (right: Right): Problem =>
  new Problem(
    403,
    'account.permission_denied',
    right.resource === 'team' ? 'Permission denied: cannot manage team' : 'Permission denied',
    { data: { ...right } },
  );

const found = new WeakMap<ServiceRequest, AccountOfPath>();

/**
 * Looks up the caller's membership in the account of the path: 404 when there is none, as if there were no such
 * account; 403 when the role there does not allow the action. Runs before the body is looked at.
 */
@Injectable()
export class AccountAccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly roles: AccountRoles,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const request = execution.switchToHttp().getRequest<ServiceRequest>();
    const ctx = requestContextOf(request);
    const { account_id: accountId } = request.params as { account_id?: string };
    if (ctx === undefined || accountId === undefined) throw new Error('The route names no account or has no caller');
    const place = await this.roles.of(ctx.actor.userId, accountId);
    if (place === null) throw new Problem(404, 'accounts.not_found', 'Account not found');
    const right = this.reflector.get<Right>(RIGHT, execution.getHandler());
    if (!isAllowed(place.role, right)) throw denied(right);
    found.set(request, { scope: scopeOf(accountId), role: place.role });
    return true;
  }
}

/** The route works on the account that its path names (`:account_id`); the caller's role there must allow it. */
export const OnAccountOfPath = (action: Action, resource: Resource = 'account'): MethodDecorator =>
  applyDecorators(
    SetMetadata(RIGHT, { resource, action }),
    RequiresInAccountOfPath(resource, action),
    UseGuards(AccountAccessGuard),
  );

/** Hands a handler the {@link AccountOfPath} of its request. */
export const OfPath = createParamDecorator((_data: unknown, execution: ExecutionContext): AccountOfPath => {
  const account = found.get(execution.switchToHttp().getRequest<ServiceRequest>());
  if (account === undefined) throw new Error('@OfPath() needs @OnAccountOfPath()');
  return account;
});
