import type { ApiClient } from './api-client.js';

interface Operation {
  parameters?: { name: string; in: string }[];
}

/** Paths whose PUT takes `If-Match`, by the running system's OpenAPI document. */
export async function versionedPaths(api: ApiClient): Promise<string[]> {
  const { paths } = (await api.get('/openapi.json')).body as unknown as { paths: Record<string, { put?: Operation }> };
  return Object.entries(paths).flatMap(([path, { put }]) =>
    put?.parameters?.some((parameter) => parameter.in === 'header' && parameter.name === 'if-match') === true
      ? [path]
      : [],
  );
}

/** What is wrong with how a route guards against changes that its caller has not seen. */
export async function versionFaults(api: ApiClient, path: string, body: unknown): Promise<string[]> {
  const put = (ifMatch?: string) =>
    api.request('PUT', path, body, ifMatch === undefined ? {} : { 'if-match': ifMatch });
  const seen = (await api.get(path)).headers.get('etag');
  if (seen === null) return ['has no ETag to read'];
  const first = await put(seen);
  const next = first.headers.get('etag');
  const [again, unreadable] = [await put(seen), await put('"none of ours"')];
  const [latest, any, without] = [await put(next ?? ''), await put('*'), await put()];
  const conflicts = ({ status, body: { code } }: typeof again): boolean =>
    status === 412 && code === 'resource.version_conflict';
  const raced = await put(without.headers.get('etag') ?? '');
  const both = await Promise.all([0, 1].map(() => put(raced.headers.get('etag') ?? '')));
  return [
    ...(first.status === 200 && next !== null && next !== seen ? [] : [`answers ${first.status} with ETag ${next}`]),
    ...(conflicts(again) && conflicts(unreadable) ? [] : [`answers ${again.status} to a version that is gone`]),
    ...[latest, any, without, raced].flatMap(({ status }) =>
      status === 200 ? [] : [`answers ${status} to a present version`],
    ),
    ...(both.filter(conflicts).length === 1 ? [] : ['lets two win that saw the same version']),
  ];
}
