import { STATUS_CODES } from 'node:http';
import type { Problem } from '#contracts';
import { redactText } from '#telemetry';

export interface ProblemPlace {
  /** Path of the request, without query. */
  path: string;
  traceId: string | undefined;
  docsUrl: string;
}

/** The members of RFC 9457, with ours beside them at the top level. */
function problemMembers(problem: Problem, place: ProblemPlace): Record<string, unknown> {
  const seconds = Number(problem.headers['Retry-After']);
  return {
    ...(Number.isFinite(seconds) && { retry_after: seconds }),
    ...problem.extensions,
    type: `${place.docsUrl}/problems/${problem.code}`,
    title: STATUS_CODES[problem.status] ?? 'Error',
    status: problem.status,
    detail: problem.message,
    instance: redactText(place.path),
    code: problem.code,
    ...(problem.errors.length > 0 && { errors: problem.errors }),
    ...(problem.data !== undefined && { data: problem.data }),
    ...(place.traceId !== undefined && { trace_id: place.traceId }),
  };
}

/** The body of `application/problem+json`. */
export const pureProblemBody = problemMembers;

/**
 * The default body: the problem's members and what older clients read (`success`, `error`, `message`).
 * @param errorForm `object` gives `error: {code, message}`, except under `/chat`, whose client reads a text
 */
export function envelopeProblemBody(
  problem: Problem,
  place: ProblemPlace,
  errorForm: 'string' | 'object',
): Record<string, unknown> {
  const asObject = errorForm === 'object' && !/^\/chat(\/|$)/.test(place.path);
  return {
    success: false,
    error: asObject ? { code: problem.code, message: problem.message } : problem.message,
    message: problem.message,
    ...problemMembers(problem, place),
  };
}
