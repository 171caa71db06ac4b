import type { FastifyInstance } from 'fastify';

const ANY = '[^/]+';

function patternOf(url: string): RegExp {
  const source = url
    .split('/')
    .map((segment) => {
      if (segment === '*') return '.*';
      return segment.startsWith(':') ? ANY : segment.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    })
    .join('/');
  return new RegExp(`^${source}/?$`);
}

/** Which methods a path has, for the `Allow` header. Looked at only when no route matched. */
export class RouteTable {
  private readonly methods = new Map<string, Set<string>>();

  /** Notes every route that is added to the server from now on. */
  watch(server: FastifyInstance): void {
    server.addHook('onRoute', ({ url, method }) => {
      const known = this.methods.get(url) ?? new Set();
      for (const name of Array.isArray(method) ? method : [method]) known.add(name);
      this.methods.set(url, known);
    });
  }

  /** Methods of all routes that match `path`, sorted; empty for an unknown path. */
  methodsOf(path: string): string[] {
    const found = new Set<string>();
    for (const [url, methods] of this.methods) {
      if (patternOf(url).test(path)) for (const method of methods) found.add(method);
    }
    return [...found].toSorted((a, b) => a.localeCompare(b));
  }
}
