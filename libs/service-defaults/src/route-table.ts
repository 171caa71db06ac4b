import type { FastifyInstance } from 'fastify';

interface KnownRoute {
  methods: Set<string>;
  pattern: RegExp;
  segments: readonly string[];
}

const isOpen = (segment: string): boolean => segment === '*' || segment.startsWith(':');

function patternOf(segments: readonly string[]): RegExp {
  const source = segments
    .map((segment) => {
      if (segment === '*') return '.*';
      return isOpen(segment) ? '[^/]+' : segment.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    })
    .join('/');
  return new RegExp(`^${source}/?$`);
}

/** Whether the router would prefer the first of two addresses that both match a path: a fixed segment comes first. */
function isCloser(one: readonly string[], other: readonly string[]): boolean {
  for (const [place, segment] of one.entries()) {
    const rival = other[place];
    if (rival === undefined || segment === '*') return false;
    if (rival === '*') return true;
    if (isOpen(segment) !== isOpen(rival)) return isOpen(rival);
  }
  return false;
}

/** Which methods a path has, for the `Allow` header, and whether a method belongs to another address than it matched. */
export class RouteTable {
  private readonly routes = new Map<string, KnownRoute>();
  /** For each address, the closer ones that some of its paths match; found out once. */
  private readonly closer = new Map<string, readonly KnownRoute[]>();

  /** Notes every route that is added to the server from now on. */
  watch(server: FastifyInstance): void {
    server.addHook('onRoute', ({ url, method }) => {
      const segments = url.split('/');
      const known = this.routes.get(url) ?? { methods: new Set(), pattern: patternOf(segments), segments };
      for (const name of Array.isArray(method) ? method : [method]) known.methods.add(name);
      this.routes.set(url, known);
      this.closer.clear();
    });
  }

  /** Methods of the address that matches `path` most closely, sorted; empty for an unknown path. */
  methodsOf(path: string): string[] {
    let found: KnownRoute | undefined;
    for (const route of this.routes.values()) {
      if (!route.pattern.test(path)) continue;
      if (found === undefined || isCloser(route.segments, found.segments)) found = route;
    }
    return [...(found?.methods ?? [])].toSorted((a, b) => a.localeCompare(b));
  }

  /**
   * Whether a path that was matched by the address `url` is another, closer address, which lacks the method:
   * `DELETE /keys/health` must not be taken for the deletion of a key called `health`.
   */
  belongsElsewhere(url: string, path: string): boolean {
    if (!url.includes(':') && !url.includes('*')) return false;
    const closer = this.closer.get(url) ?? this.closerThan(url);
    this.closer.set(url, closer);
    return closer.some(({ pattern }) => pattern.test(path));
  }

  private closerThan(url: string): KnownRoute[] {
    const segments = url.split('/');
    return [...this.routes]
      .filter(([other, route]) => other !== url && isCloser(route.segments, segments))
      .map(([, route]) => route);
  }
}
