/** `retry`: another attempt may help; `give_up`: it cannot. */
export type FailureClass = 'retry' | 'give_up';

export interface HelperFailureOptions {
  /** Do not try again before this many milliseconds have passed. */
  retryAfterMs?: number;
  /** The other side said that it did nothing: an effect that failed like this is not in doubt. */
  nothingDone?: boolean;
  cause?: unknown;
}

/**
 * The error a helper, or a port it uses, ends a run with. `code` is stable snake_case and part of the product's
 * contract (`field_not_numeric`, `blocked_url`); the message is for people, and never holds a secret.
 */
export class HelperFailure extends Error {
  override readonly name = 'HelperFailure';
  readonly code: string;
  readonly failureClass: FailureClass;
  readonly retryAfterMs: number | undefined;
  readonly nothingDone: boolean;

  constructor(code: string, failureClass: FailureClass, message: string, options: HelperFailureOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.failureClass = failureClass;
    this.retryAfterMs = options.retryAfterMs;
    this.nothingDone = options.nothingDone ?? false;
  }
}
