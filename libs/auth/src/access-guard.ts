import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { isAllowed, Problem } from '#contracts';
import type { AuthRule, ServiceRequest } from '#service-defaults';
import type { RequestContext } from './request-context.js';
import { RevocationList } from './revocation-list.js';
import { invalidToken } from './token-verifier.js';
import { tokenOf } from './token-of-request.js';
import { VerifiedTokens, type Identity, type KnownToken } from './verified-tokens.js';

const denied = (data?: Record<string, unknown>): Problem =>
  new Problem(403, 'account.permission_denied', 'Permission denied', data && { data });

/** Refuses an identity that the rule of a route does not let in. */
function enforce({ keyScope, right, permission }: AuthRule, { actor, role }: Identity): void {
  if (actor.kind === 'api_key') {
    if (keyScope === undefined) throw denied({ reason: 'api_key_not_accepted' });
    if (!actor.scopes.includes(keyScope) && !actor.scopes.includes('*')) throw denied({ scope: keyScope });
  }
  if (right !== undefined && !isAllowed(role, right)) throw denied({ ...right, ...(permission && { permission }) });
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
    if (this.revocations.isRevoked(claims)) throw invalidToken(new Error('The session or key was revoked'));
    const { state } = request;
    if (state === undefined) throw new Error('The request was not begun by the service defaults');
    state.fields.account_id = identity.accountId;
    enforce(rule, identity);
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
