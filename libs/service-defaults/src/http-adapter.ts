import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { Answer } from './answer.js';
import type { RouteSettings } from './route-config.js';

const JSON_TYPE = 'application/json; charset=utf-8';
const verbatim = (text: string): string => text;

/** Start of the envelope of each message; the number of messages is small. */
const openings = new Map<string, string>();

function openingFor(message: string): string {
  const known = openings.get(message);
  if (known !== undefined) return known;
  const opening = `{"success":true,"message":${JSON.stringify(message)}`;
  if (openings.size < 10_000) openings.set(message, opening);
  return opening;
}

/** Keeps only what the answer schema names; an answer that does not fit is a defect of the service (500). */
function fitted(settings: RouteSettings, data: unknown): unknown {
  const schema = settings.api?.answer;
  if (schema === undefined) return data;
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  throw new Error(`The answer does not fit the schema of its route: ${result.error.message}`);
}

const isPlainBody = (body: unknown): boolean =>
  body === null || ['undefined', 'number', 'boolean'].includes(typeof body) || isJsonObject(body);

const isJsonObject = (body: unknown): boolean =>
  Array.isArray(body) ||
  (typeof body === 'object' && body !== null && Object.getPrototypeOf(body) === Object.prototype);

/**
 * The Fastify adapter, with answers stripped to the route's schema and put into the envelope. It happens here and not
 * in an interceptor because it runs for every answer: no observable, no second pass over the body.
 */
export class ServiceHttpAdapter extends FastifyAdapter {
  override reply(reply: FastifyReply, body: unknown, statusCode?: number): FastifyReply {
    const settings = reply.request?.state?.settings;
    if (settings?.api === undefined) return super.reply(reply, body, statusCode);
    const { data, options } = body instanceof Answer ? (body as Answer<unknown>) : { data: body, options: {} };
    if (statusCode !== undefined) reply.code(statusCode);
    if (options.status !== undefined) reply.code(options.status);
    if (options.headers !== undefined) reply.headers(options.headers);
    if (reply.statusCode === 204) return reply.send();
    if (settings.raw === true) return this.replyRaw(reply, settings, data);
    const opening = openingFor(options.message ?? settings.message ?? 'OK');
    const content = fitted(settings, data);
    const rest = options.pageInfo === undefined ? '}' : `,"page_info":${JSON.stringify(options.pageInfo)}}`;
    const json = content === undefined ? `${opening}}` : `${opening},"data":${JSON.stringify(content)}${rest}`;
    return reply.type(JSON_TYPE).serializer(verbatim).send(json);
  }

  private replyRaw(reply: FastifyReply, settings: RouteSettings, data: unknown): FastifyReply {
    if (!isPlainBody(data)) return super.reply(reply, data);
    return reply.send(fitted(settings, data));
  }
}
