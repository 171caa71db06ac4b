declare const verified: unique symbol;

/**
 * Proof that an account id comes from a verified token, a verified event or a job, and not from a path or a body.
 * Repositories take it as their first argument, so a query without a tenant does not compile.
 */
export interface AccountScope {
  readonly accountId: string;
  readonly [verified]: true;
}

/** Makes a scope; call it only where the account id has just been verified (guard, consumer, job, NATS answer). */
export const scopeOf = (accountId: string): AccountScope => ({ accountId }) as AccountScope;
