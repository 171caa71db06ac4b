import { context as otel, ROOT_CONTEXT, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  contextOfRemote,
  contextWithLogFields,
  newSpanId,
  parseTraceparent,
  redactText,
  SpanKind,
  startSpan,
  unrecordedSpan,
  type LogFields,
  type SpanContext,
} from '#telemetry';
import { contextOfRequest, type RequestState } from './request-state.js';
import type { RouteSettings } from './route-config.js';

const PRINTABLE = /^[\x21-\x7e]{1,128}$/;
const TRACE_ID = /^(?!0{32})[0-9a-f]{32}$/;

const headerOf = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
};

/** An id the caller uses for its own logs: echoed and logged, never taken as our trace id. */
function callersId(request: FastifyRequest): string | undefined {
  const own = headerOf(request, 'x-request-id') ?? headerOf(request, 'x-trace-id');
  return own !== undefined && PRINTABLE.test(own) ? own : undefined;
}

/** The caller's span by `traceparent`; else a trace id of the right form in `X-Trace-ID`, which names no span. */
function callersSpan(request: FastifyRequest): SpanContext | undefined {
  const span = parseTraceparent(headerOf(request, 'traceparent'));
  if (span !== undefined) return span;
  const traceId = headerOf(request, 'x-trace-id');
  if (traceId === undefined || !TRACE_ID.test(traceId)) return undefined;
  return { traceId, spanId: newSpanId(), traceFlags: TraceFlags.SAMPLED, isRemote: true };
}

/** Begins the trace of a request: continues the caller's, else starts a new one. */
function stateOf(request: FastifyRequest): RequestState {
  const options = request.is404 ? undefined : request.routeOptions;
  const settings = (options?.config ?? {}) as RouteSettings;
  const route = options?.url ?? '*';
  const parent = contextOfRemote(callersSpan(request), ROOT_CONTEXT);
  const span =
    settings.quiet === true
      ? unrecordedSpan()
      : startSpan(`${request.method} ${route}`, { kind: SpanKind.SERVER }, parent);
  const { traceId } = span.spanContext();
  const own = callersId(request);
  const fields: LogFields = {};
  if (own !== undefined && !TRACE_ID.test(own)) fields.request_id = redactText(own);
  const state: RequestState = {
    startedAt: performance.now(),
    span,
    traceId,
    requestId: own ?? traceId,
    context: parent,
    fields,
    route,
    settings,
  };
  state.context = contextOfRequest(contextWithLogFields(trace.setSpan(parent, span), fields), state);
  return state;
}

/** Gives a request its state, and the answer the ids by which it can be asked about. */
export function beginRequest(request: FastifyRequest, reply: FastifyReply): void {
  const state = stateOf(request);
  request.state = state;
  reply.header('x-trace-id', state.traceId);
  reply.header('x-request-id', state.requestId);
}

function endSpan(service: string, request: FastifyRequest, reply: FastifyReply): void {
  const { state } = request;
  if (state === undefined) return;
  if (state.span.isRecording()) {
    state.span.setAttributes({
      'mfh.service': service,
      'http.request.method': request.method,
      'http.route': state.route,
      'http.response.status_code': reply.statusCode,
      ...(state.fields.account_id !== undefined && { 'mfh.account_id': state.fields.account_id }),
    });
    if (reply.statusCode >= 500) state.span.setStatus({ code: SpanStatusCode.ERROR });
  }
  state.span.end();
}

/**
 * Gives every request its trace: a server span, `X-Trace-ID` and `X-Request-ID` on the answer, and the context in
 * which guards and handlers run. The context is entered after the body has been read, because reading it leaves
 * whatever context was entered before.
 */
export function traceRequests(server: FastifyInstance, service: string): void {
  server.decorateRequest('state');
  server.addHook('onRequest', (request, reply, done) => {
    beginRequest(request, reply);
    done();
  });
  server.addHook('preValidation', (request, _reply, done) => {
    if (request.state === undefined) done();
    else otel.with(request.state.context, done);
  });
  server.addHook('onResponse', (request, reply, done) => {
    endSpan(service, request, reply);
    done();
  });
}
