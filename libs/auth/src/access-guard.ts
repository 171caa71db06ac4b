import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { isAllowed, Problem, type Right } from '#contracts';
import type { AuthRule, ServiceRequest } from '#service-defaults';
import type { ApiKeyActor, AppActor, RequestContext } from './request-context.js';
import { RevocationList } from './revocation-list.js';
import { invalidToken } from './token-verifier.js';
import { tokenOf } from './token-of-request.js';
import { VerifiedTokens, type Identity, type KnownToken } from './verified-tokens.js';

const denied = (data: Record<string, unknown>, right?: Right): Problem =>
  new Problem(403, 'account.permission_denied', 'Permission denied', {
    data: { ...data, ...right },
    ...(right !== undefined && { extensions: { ...right } }),
  });

/** Refuses a program that may not do what the rule of a route asks for. */
function enforceScope({ keyScope }: AuthRule, { kind, scopes }: ApiKeyActor | AppActor): void {
  if (keyScope === undefined) throw denied({ reason: `${kind}_not_accepted` });
  if (scopes.includes(keyScope) || (kind === 'api_key' && scopes.includes('*'))) return;
  throw denied({ scope: keyScope });
}

/** Refuses a key that the rule of a route does not let in. */
function enforceKey(rule: AuthRule, key: ApiKeyActor, method: string): void {
  enforceScope(rule, key);
  const { keepsToHelpers, triesOut } = rule;
  if (key.helperIds !== undefined && keepsToHelpers !== true) throw denied({ reason: 'key_limited_to_helpers' });
  if (key.test && triesOut !== true && method !== 'GET') throw denied({ reason: 'test_key_only_tries_out' });
}

/** Refuses an identity that the rule of a route does not let in. */
function enforce(rule: AuthRule, { actor, role }: Identity, method: string): void {
  const { right, permission } = rule;
  if (actor.kind === 'api_key') enforceKey(rule, actor, method);
  if (actor.kind === 'app') enforceScope(rule, actor);
  if (right !== undefined && !isAllowed(role, right)) throw denied(permission ? { permission } : {}, right);
}

/**
 * Stands before every route: checks the token, what has been revoked, and the route's rule, in this order, and leaves
 * the request context for the handler. A token seen before costs a few map look-ups.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly tokens: VerifiedTokens,
    private readonly revocations: RevocationList,
  ) {}

  canActivate(execution: ExecutionContext): boolean | Promise<boolean> {
    if (execution.getType() !== 'http') return true;
    const request = execution.switchToHttp().getRequest<ServiceRequest>();
    const rule = request.state?.settings.auth;
    if (rule?.access === 'public') return true;
    if (rule === undefined) throw new Error('The route has no access rule');
    const token = tokenOf(request);
    if (token === undefined && rule.access === 'optional') return true;
    if (token === undefined) throw new Problem(401, 'auth.unauthorized', 'Authentication required');
    const known = this.tokens.find(token);
    if (known !== undefined && this.revocations.isCurrent()) return this.admit(request, rule, known);
    return this.checkAndAdmit(request, rule, token, known);
  }

  private async checkAndAdmit(
    request: ServiceRequest,
    rule: AuthRule,
    token: string,
    known: KnownToken | undefined,
  ): Promise<boolean> {
    const checked = known ?? (await this.tokens.check(token));
    await this.revocations.becomeCurrent();
    return this.admit(request, rule, checked);
  }

  private admit(request: ServiceRequest, rule: AuthRule, { claims, identity }: KnownToken): true {
    if (this.revocations.isRevoked(claims)) throw invalidToken(new Error('The session, key or grant was revoked'));
    const { state } = request;
    if (state === undefined) throw new Error('The request was not begun by the service defaults');
    state.fields.account_id = identity.accountId;
    enforce(rule, identity, request.method);
    const context: RequestContext = {
      ...identity,
      traceId: state.traceId,
      ip: request.ip,
      userAgent: request.headers['user-agent'] ?? '',
    };
    state.caller = context;
    return true;
  }
}
