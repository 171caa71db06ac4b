import { context, createContextKey, type Context } from '@opentelemetry/api';
import type { FastifyRequest } from 'fastify';
import type { LogFields, Span } from '#telemetry';
import type { RouteSettings } from './route-config.js';

/** What the service notes about a request while it is served. */
export interface RequestState {
  readonly startedAt: number;
  readonly span: Span;
  readonly traceId: string;
  /** The caller's own request id when it sent one, else the trace id. */
  readonly requestId: string;
  /** In which guards and handlers run. */
  context: Context;
  /** Fields on every log line of this request; the access guard adds the account. */
  readonly fields: LogFields;
  /** Pattern of the route (`/helpers/:id`), or `*` where none matched. */
  readonly route: string;
  readonly settings: RouteSettings;
  /** What the access guard found out about the caller; absent before it and on public routes. */
  caller?: object;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Absent only where Fastify refuses a request before any hook (a malformed URL). */
    state: RequestState | undefined;
  }
}

const KEY = createContextKey('request');

export const contextOfRequest = (parent: Context, state: RequestState): Context => parent.setValue(KEY, state);

/** The request whose handling is in progress; undefined in consumers, timers and answers to questions. */
export const currentRequestState = (): RequestState | undefined =>
  context.active().getValue(KEY) as RequestState | undefined;

export type ServiceRequest = FastifyRequest;
