/** Headers in which a vendor tells how one of its windows stands. */
export interface BudgetHeaders {
  remaining: string;
  limit?: string;
  /** Seconds until the window begins anew. */
  resetSeconds?: string;
}

/** So many calls in so much time. */
export interface BudgetWindow {
  limit: number;
  ms: number;
  /** As many as the vendor's own header may allow a better plan; without it a header can only lower the limit. */
  most?: number;
  /** Counted from one midnight (UTC) to the next; otherwise the window rolls. */
  resets?: 'utc_midnight';
  headers?: BudgetHeaders;
}

/** One of the ways in which a vendor counts calls. A connection's calls must fit into all that concern it. */
export interface VendorBudget {
  /** Part of keys and labels: `oauth_client`, `location`, `search`. */
  name: string;
  /** Whose calls are counted together: all our customers', one account's at the vendor, or one key's. */
  of: 'oauth_client' | 'account' | 'credential';
  windows: readonly BudgetWindow[];
  /** Only calls signed in this way. */
  signedBy?: 'token' | 'key';
  /** Only calls that name this budget, such as searches. */
  only?: boolean;
}

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
