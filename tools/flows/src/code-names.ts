import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { events, mailTemplates, questions, STREAM_NAMES } from '#contracts';

const ROOT = join(import.meta.dirname, '../../..');

interface CodeClass {
  /** Its own and, from the class that it extends, those that it inherits. */
  methods: ReadonlySet<string>;
  /** The file in which it is. */
  source: string;
}

/** What the code calls its parts. */
export interface CodeNames {
  /** Services may have classes of the same name. */
  classes: ReadonlyMap<string, readonly CodeClass[]>;
  /** All sources of each service. */
  services: ReadonlyMap<string, string>;
  streams: ReadonlySet<string>;
  /** `identity.user.registered` to the name of its definition. */
  events: ReadonlyMap<string, string>;
  /** Name to the service that answers. */
  questions: ReadonlyMap<string, string>;
  mails: ReadonlySet<string>;
  /** `POST /auth/login`, parameters as `{}`. */
  routes: ReadonlySet<string>;
  sources: string;
}

const isSource = (file: string): boolean => file.endsWith('.ts') && !file.endsWith('.spec.ts');

function sourcesBelow(folder: string): string[] {
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return files.filter(isSource).map((file) => readFileSync(join(ROOT, folder, file), 'utf8'));
}

const METHOD = /^ {2}(?:(?:private|protected|static|abstract|async|override) )*(#?\w+)(?:<[^\n]*>)?\(/gm;
const CLASS = /^export (?:abstract )?class (\w+)(?:<[^{]*>)?(?: extends (\w+))?[\s\S]*?^}/gm;

function classesOf(sources: readonly string[]): Map<string, CodeClass[]> {
  const found = sources.flatMap((source) =>
    [...source.matchAll(CLASS)].map(([text, name = '', parent]) => ({ name, parent, text, source })),
  );
  const methodsOf = (name: string | undefined): string[] =>
    found
      .filter((each) => each.name === name)
      .flatMap(({ text, parent }) => [
        ...[...text.matchAll(METHOD)].map(([, method = '']) => method),
        ...(parent === name ? [] : methodsOf(parent)),
      ]);
  const classes = new Map<string, CodeClass[]>();
  for (const { name, source } of found) {
    classes.set(name, [...(classes.get(name) ?? []), { methods: new Set(methodsOf(name)), source }]);
  }
  return classes;
}

function routes(): Set<string> {
  const text = readFileSync(join(ROOT, 'docs/api/openapi.json'), 'utf8');
  const { paths } = JSON.parse(text) as { paths: Record<string, Record<string, unknown>> };
  return new Set(
    Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${withoutNames(path)}`),
    ),
  );
}

/** Two texts for one route may call its parameters by other names. */
export const withoutNames = (path: string): string => path.replace(/\{\w+\}/g, '{}');

/** Reads the names out of the sources and the contracts. */
export function codeNames(): CodeNames {
  const apps = readdirSync(join(ROOT, 'apps'));
  const ofServices = apps.map((app) => [app, sourcesBelow(`apps/${app}/src`)] as const);
  const libs = sourcesBelow('libs');
  const all = [...ofServices.flatMap(([, sources]) => sources), ...libs];
  return {
    classes: classesOf(all),
    services: new Map(ofServices.map(([app, sources]) => [app, sources.join('\n')])),
    streams: new Set(STREAM_NAMES),
    events: new Map(
      Object.entries(events).map(([key, { domain, entity, fact }]) => [`${domain}.${entity}.${fact}`, key]),
    ),
    questions: new Map(Object.entries(questions).map(([key, { service }]) => [key, service])),
    mails: new Set(Object.keys(mailTemplates)),
    routes: routes(),
    sources: all.join('\n'),
  };
}
