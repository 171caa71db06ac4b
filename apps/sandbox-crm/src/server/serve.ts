import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FaultRule, FaultRules } from '../faults/fault-rules.js';
import { drop, send, type Answer } from './answer.js';
import type { Form } from './form.js';
import type { RequestLog } from './request-log.js';

/** An endpoint as faults and the request log name it. */
export interface Endpoint {
  /** The dialect, or `oauth`. */
  dialect: string;
  /** Where the dialect's paths begin. */
  base: string;
  operation: string;
  /** The body of a planned fault that names none. */
  faultBody(status: number): unknown;
  contactIds(params: Readonly<Record<string, string>>, body: unknown, query: Form): readonly string[];
}

export interface Outcome {
  answer: Answer;
  /** Who asked, empty when that is not known. */
  connection: string;
}

export interface ServeParts {
  faults: FaultRules;
  requests: RequestLog;
}

/** Answers one request: planned fault or work, then the request log. Stays synchronous when no fault is planned. */
export function serve(
  endpoint: Endpoint,
  { faults, requests }: ServeParts,
  request: FastifyRequest,
  reply: FastifyReply,
  work: () => Outcome,
): FastifyReply | Promise<FastifyReply> {
  const log = (status: number, connection: string): void => record(requests, endpoint, request, connection, status);
  const rule = faults.isEmpty ? undefined : plannedFault(endpoint, faults, request);
  if (rule !== undefined) return serveFault(rule, endpoint, reply, work, log);
  const { answer, connection } = work();
  log(answer.status, connection);
  return send(reply, answer);
}

/**
 * Latency comes before the work, except with `drop: after`, where the work is done at once and the client is left
 * waiting: that is how a client times out on something that did happen.
 */
async function serveFault(
  rule: FaultRule,
  endpoint: Endpoint,
  reply: FastifyReply,
  work: () => Outcome,
  log: (status: number, connection: string) => void,
): Promise<FastifyReply> {
  if (rule.drop === 'after') {
    log(0, work().connection);
    await delay(rule.latency_ms ?? 0);
    return drop(reply);
  }
  await delay(rule.latency_ms ?? 0);
  if (rule.drop === 'before') {
    log(0, '');
    return drop(reply);
  }
  if (rule.status !== undefined) {
    log(rule.status, '');
    const body = rule.body ?? endpoint.faultBody(rule.status);
    return send(reply, { status: rule.status, body, headers: rule.headers ?? {} });
  }
  const { answer, connection } = work();
  log(answer.status, connection);
  const body = rule.body ?? answer.body;
  return send(reply, { status: answer.status, body, headers: { ...answer.headers, ...rule.headers } });
}

function plannedFault(endpoint: Endpoint, faults: FaultRules, request: FastifyRequest): FaultRule | undefined {
  const path = request.url.split('?', 1)[0] ?? '';
  return faults.take({
    dialect: endpoint.dialect,
    method: request.method,
    path,
    localPath: path.slice(endpoint.base.length),
    contactIds: () =>
      endpoint.contactIds(request.params as Record<string, string>, request.body, request.query as Form),
  });
}

function record(
  requests: RequestLog,
  endpoint: Endpoint,
  request: FastifyRequest,
  connection: string,
  status: number,
): void {
  const { traceparent } = request.headers;
  requests.add({
    time: Date.now(),
    dialect: endpoint.dialect,
    operation: endpoint.operation,
    method: request.method,
    path: request.url,
    connection,
    status,
    traceparent: typeof traceparent === 'string' ? traceparent : undefined,
  });
}
