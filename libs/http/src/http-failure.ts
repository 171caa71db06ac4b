/**
 * Why there is no usable answer.
 * `blocked`: the address may not be called. `too_large`: the body exceeds the limit, compressed or not.
 * `invalid_answer`: not HTTP, or an encoding that cannot be read. `invalid_json`: the body is not JSON.
 */
export type HttpFailureKind =
  | 'network'
  | 'timeout'
  | 'aborted'
  | 'too_large'
  | 'blocked'
  | 'too_many_redirects'
  | 'invalid_request'
  | 'invalid_answer'
  | 'invalid_json';

/**
 * The only error an HTTP client throws. Messages name the origin at most: no path, no query, no header and no body,
 * so that they can be logged and shown.
 */
export class HttpFailure extends Error {
  override readonly name = 'HttpFailure';

  /**
   * @param sent whether the request may have reached the other side. False means that repeating it cannot double
   *   anything.
   */
  constructor(
    readonly kind: HttpFailureKind,
    message: string,
    readonly sent: boolean,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
  }
}

export function isHttpFailure(error: unknown): error is HttpFailure {
  return error instanceof HttpFailure;
}
