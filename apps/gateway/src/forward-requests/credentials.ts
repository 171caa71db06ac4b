import type { FastifyRequest } from 'fastify';

const PATH_KEY = /^\/helper\/(mfh_[a-z]+_[0-9a-zA-Z]+)\/([^/?]+)(.*)$/;
/** Stands in a path where a client wrote its key; services never see keys. */
const KEY_IN_PATH = 'key';

const headerOf = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** The API key a request was sent with: in the header, or in the path of `/helper/<key>/<helper>`. */
export function apiKeyOf(request: FastifyRequest): string | undefined {
  return headerOf(request, 'x-api-key') ?? PATH_KEY.exec(request.raw.url ?? '')?.[1];
}

/** The bearer token a request was sent with. */
export function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer (.+)$/i.exec(headerOf(request, 'authorization') ?? '')?.[1];
}

/** The path and query as services get them: without a key. */
export const withoutKey = (url: string): string => url.replace(PATH_KEY, `/helper/${KEY_IN_PATH}/$2$3`);
