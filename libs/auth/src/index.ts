export { Authenticated, KeyScope, Public, RequiresPermission } from './access-rules.js';
export { AccessTokenClaims, AUDIENCE, CLOCK_LEEWAY_S, ISSUER } from './access-token-claims.js';
export {
  Ctx,
  requestContextOf,
  type Actor,
  type ApiKeyActor,
  type RequestContext,
  type UserActor,
} from './request-context.js';
