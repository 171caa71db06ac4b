import { z } from 'zod';

/** One invalid field of a request: dotted path, machine code, text for a person. */
export const FieldError = z.object({ field: z.string(), code: z.string(), message: z.string() });
export type FieldError = z.infer<typeof FieldError>;

export interface ProblemOptions {
  /** Invalid fields of the request. */
  errors?: FieldError[];
  /** What the client may show or act on, such as `{limit, used, reset_at}`; never anything secret. */
  data?: Record<string, unknown>;
  /** Extension members at the top level of the body, such as `retry_after`. */
  extensions?: Record<string, unknown>;
  /** Answer headers, such as `Retry-After`. */
  headers?: Record<string, string>;
  cause?: unknown;
}

/**
 * The one error that leaves a service on purpose, over HTTP (RFC 9457 and the older envelope) and over NATS.
 * `code` is stable and dotted (`helpers.not_found`); the message is text for people and may change.
 */
export class Problem extends Error {
  readonly errors: FieldError[];
  readonly data: Record<string, unknown> | undefined;
  readonly extensions: Record<string, unknown>;
  readonly headers: Record<string, string>;

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    options: ProblemOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Problem';
    this.errors = options.errors ?? [];
    this.data = options.data;
    this.extensions = options.extensions ?? {};
    this.headers = options.headers ?? {};
  }
}

export const isProblem = (error: unknown): error is Problem => error instanceof Problem;

/** A problem as it travels in the answer to a NATS question. */
export const ProblemWire = z.object({
  status: z.number().int(),
  code: z.string(),
  message: z.string(),
  errors: z.array(FieldError).optional(),
  data: z.record(z.string(), z.unknown()).optional(),
  extensions: z.record(z.string(), z.unknown()).optional(),
  headers: z.record(z.string(), z.string()).optional(),
});
export type ProblemWire = z.infer<typeof ProblemWire>;

/** Anything thrown becomes a wire problem; what is not a {@link Problem} says nothing but `generic.internal`. */
export function problemToWire(error: unknown): ProblemWire {
  if (!isProblem(error)) return { status: 500, code: 'generic.internal', message: 'Internal error' };
  return {
    status: error.status,
    code: error.code,
    message: error.message,
    ...(error.errors.length > 0 && { errors: error.errors }),
    ...(error.data && { data: error.data }),
    ...(Object.keys(error.extensions).length > 0 && { extensions: error.extensions }),
    ...(Object.keys(error.headers).length > 0 && { headers: error.headers }),
  };
}

export function problemFromWire(wire: ProblemWire): Problem {
  return new Problem(wire.status, wire.code, wire.message, {
    ...(wire.errors && { errors: wire.errors }),
    ...(wire.data && { data: wire.data }),
    ...(wire.extensions && { extensions: wire.extensions }),
    ...(wire.headers && { headers: wire.headers }),
  });
}

/** 503: a dependency did not answer in time; the client may try again. */
export const unavailable = (what: string, cause?: unknown): Problem =>
  new Problem(503, 'generic.unavailable', `${what} is not available, try again in a moment`, {
    headers: { 'Retry-After': '1' },
    cause,
  });
