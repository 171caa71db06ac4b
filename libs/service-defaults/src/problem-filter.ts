import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isProblem, Problem } from '#contracts';
import { failSpan, logger } from '#telemetry';
import type { RouteTable } from './route-table.js';
import { envelopeProblemBody, pureProblemBody } from './problem-body.js';
import type { ServiceConfig } from './service-config.js';
import { toProblem } from './to-problem.js';
import { unmatched } from './unknown-routes.js';

const PROBLEM_JSON = 'application/problem+json';
const pathOf = (request: FastifyRequest): string => (request.raw.url ?? '/').split('?', 1)[0] ?? '/';

/** Renders every error of a service: thrown by handlers, guards and schemas, or by the HTTP server itself. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly config: Pick<ServiceConfig, 'HTTP_ERROR_FORM' | 'MFH_DOCS_URL'>,
    private readonly routes: Pick<RouteTable, 'methodsOf'>,
  ) {}

  catch(error: unknown, host: ArgumentsHost): FastifyReply {
    const http = host.switchToHttp();
    return this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** Also for what the server refuses before any route or hook, such as a malformed URL. */
  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const problem = this.problemFor(error, request);
    if (problem.status >= 500) this.report(error, problem, request);
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return reply;
    }
    return this.render(problem, request, reply);
  }

  private problemFor(error: unknown, request: FastifyRequest): Problem {
    if (request.is404 && error instanceof HttpException) return unmatched(request, this.routes);
    const problem = toProblem(error);
    const invalidStatus = request.state?.settings.api?.invalidStatus;
    if (isProblem(error) && error.status === 400 && error.errors.length > 0 && invalidStatus === 422) {
      return new Problem(422, error.code, error.message, { errors: error.errors });
    }
    return problem;
  }

  private report(error: unknown, problem: Problem, request: FastifyRequest): void {
    const { state } = request;
    const err = isProblem(error) && error.cause !== undefined ? error.cause : error;
    if (state !== undefined) failSpan(state.span, err);
    logger.error(
      { err, code: problem.code, route: state?.route, trace_id: state?.traceId, ...state?.fields },
      'request failed',
    );
  }

  private render(problem: Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const place = { path: pathOf(request), traceId: request.state?.traceId, docsUrl: this.config.MFH_DOCS_URL };
    const pure = request.headers.accept?.includes(PROBLEM_JSON) === true;
    const body = pure
      ? pureProblemBody(problem, place)
      : envelopeProblemBody(problem, place, this.config.HTTP_ERROR_FORM);
    reply.code(problem.status).headers(problem.headers);
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
    return reply
      .type(pure ? PROBLEM_JSON : 'application/json; charset=utf-8')
      .serializer((text: string) => text)
      .send(JSON.stringify(body));
  }
}
