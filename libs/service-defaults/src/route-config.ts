import 'reflect-metadata';
import type { z } from 'zod';
import type { AuthRule } from './auth-rule.js';

/** What is known about a route before it serves: kept in Fastify's route configuration, read on every request. */
export interface RouteSettings {
  api?: ApiSettings;
  /** Text of a successful envelope. */
  message?: string;
  /** The body goes out as the handler gave it, without envelope. */
  raw?: boolean;
  auth?: AuthRule;
  /** Left out of the request log, the metrics and the traces: health checks. */
  quiet?: boolean;
}

export interface ApiSettings<Answer extends z.ZodType = z.ZodType> {
  /** One line for the API reference. */
  summary: string;
  /** Longer text for the API reference. */
  description?: string;
  /** Schema of `data` (of the body, for raw routes). Fields it does not name never leave the service. */
  answer: Answer;
  /** Status of success; 200 unless said. */
  status?: number;
  /** Statuses of answers that are neither the usual success nor problems: redirects, and pages that say what is wrong. */
  otherStatuses?: readonly number[];
  /** Problem codes special to this route, beside the usual ones. */
  errors?: readonly string[];
  /** Groups of the API reference; the service's name unless said. */
  tags?: readonly string[];
  /** Status for well-formed but invalid input: 400 on routes of the original contract, 422 on new ones. */
  invalidStatus?: 400 | 422;
  /** Bodies that are taken beside JSON: HTML forms; files, as forms or as they are. */
  bodies?: readonly ('form' | 'file')[];
  /** Largest body in bytes; 1 MiB unless said. */
  bodyLimit?: number;
  /** `data` is a bare array that has always been one, so `page_info` stands beside it. */
  pageInfoBeside?: boolean;
  /** Answers carry the object's `ETag`, which `If-Match` of a change may name. */
  versioned?: boolean;
  /** Media type of a raw answer, for the API reference. */
  contentType?: string;
  /** Statuses at which the route answers in the form of another standard, not with a problem. */
  ownFailures?: { readonly statuses: readonly number[]; readonly schema: z.ZodType };
}

/** Key under which the Fastify adapter looks for a handler's route configuration. */
const FASTIFY_ROUTE_CONFIG = '__fastify_route_config__';

export function routeSettingsOf(handler: object): RouteSettings {
  return (Reflect.getMetadata(FASTIFY_ROUTE_CONFIG, handler) as RouteSettings | undefined) ?? {};
}

/** Adds to the settings of a handler; each decorator brings its part, in any order. */
export function addRouteSettings(handler: object, settings: RouteSettings): void {
  Reflect.defineMetadata(FASTIFY_ROUTE_CONFIG, { ...routeSettingsOf(handler), ...settings }, handler);
}
