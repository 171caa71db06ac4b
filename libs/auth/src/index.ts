export {
  Authenticated,
  KeyScope,
  OptionallyAuthenticated,
  Public,
  Requires,
  RequiresInAccountOfPath,
  RequiresPermission,
} from './access-rules.js';
export { AccessTokenClaims, AUDIENCE, CLOCK_LEEWAY_S, ISSUER } from './access-token-claims.js';
export { AuthModule, type AuthOptions } from './auth.module.js';
export {
  Ctx,
  currentRequestContext,
  helpersOf,
  isTest,
  OptionalCtx,
  requestContextOf,
  type Actor,
  type ApiKeyActor,
  type AppActor,
  type RequestContext,
  type UserActor,
} from './request-context.js';
export { RevocationList } from './revocation-list.js';
export { PublicKey, type KeySource, type Revocations, type RevocationSource } from './sources.js';
export { TestIdentityModule } from './testing/test-identity.module.js';
export { TestTokens } from './testing/test-tokens.js';
export { tokenOf } from './token-of-request.js';
export { invalidToken, TokenVerifier, type VerifiedToken } from './token-verifier.js';
export { VerifiedTokens, type KnownToken } from './verified-tokens.js';
