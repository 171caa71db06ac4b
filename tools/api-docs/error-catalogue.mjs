import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemSources, problemStatuses } from './problem-statuses.mjs';

const FILE = 'docs/errors.md';
const TEXT = String.raw`'(?:[^'\\\n]|\\.)+'|\`[^\`]+\``;
/** A problem with what it says: a text, or the name of one. */
const SAID = new RegExp(String.raw`[45]\d\d,\s*'([a-z0-9_]+(?:\.[a-z0-9_]+)+)',\s*(${TEXT}|[a-z]\w*\b(?!\.))`, 'gi');
const TABLED = new RegExp(String.raw`code: '([a-z0-9_.]+)',\s*message: (${TEXT})`, 'g');
const COLLECTION = /\bdomain: '([a-z_]+)',\s*title: '([^']+)'/g;
const MENTIONED = /'([a-z0-9_]+(?:\.[a-z0-9_]+)+)'/g;

const plain = (literal) =>
  literal
    .slice(1, -1)
    .replace(/\\(.)/g, '$1')
    .replace(/\$\{[^}]*\}/g, '…')
    .replace(/\s+/g, ' ');

/** The text of a constant that stands before `end`, the nearest one. */
function namedText(source, name, end) {
  const declared = new RegExp(String.raw`\b${name}(?:: string)? =\s*(${TEXT})`, 'g');
  return [...source.slice(0, end).matchAll(declared)].at(-1)?.[1];
}

function textsIn(source) {
  const said = [...source.matchAll(SAID)].flatMap(({ 1: code, 2: text, index }) => {
    const literal = /^['`]/.test(text) ? text : namedText(source, text, index);
    return literal === undefined ? [] : [[code, plain(literal)]];
  });
  const tabled = [...source.matchAll(TABLED)].map(([, code, text]) => [code, plain(text)]);
  return [...said, ...tabled];
}

/** What repositories say; many collections of one domain are never asked for by a client. */
const absencesIn = (source) =>
  [...source.matchAll(COLLECTION)].map(([, domain, title]) => {
    const isMeant = `${title.toLowerCase().replaceAll(' ', '_')}s` === domain;
    return { code: `${domain}.not_found`, text: `${title} not found`, isMeant };
  });

const serviceOf = (path) => (path.startsWith('apps/') ? path.split('/')[1] : undefined);

const sorted = (texts) => [...texts].toSorted((one, other) => (one < other ? -1 : 1));

/** Every code that a client may get: its statuses, what it says, and the services that speak of it. */
export function errorCatalogue(projectRoot) {
  const [texts, others, services] = [new Map(), new Map(), new Map()];
  const add = (map, code, value) => map.set(code, (map.get(code) ?? new Set()).add(value));
  for (const { path, source } of problemSources(projectRoot)) {
    for (const [code, text] of textsIn(source)) add(texts, code, text);
    for (const { code, text, isMeant } of absencesIn(source)) add(isMeant ? texts : others, code, text);
    const service = serviceOf(path);
    if (service === undefined) continue;
    for (const [, code] of source.matchAll(MENTIONED)) add(services, code, service);
  }
  return problemStatuses(projectRoot).map(({ code, statuses }) => ({
    code,
    statuses,
    texts: code.endsWith('.transition_not_allowed')
      ? ['Cannot change from … to …']
      : sorted(texts.get(code) ?? others.get(code) ?? ['…']),
    services: sorted(services.get(code) ?? []),
  }));
}

const cell = (parts) => parts.map((part) => part.replaceAll('|', '\\|')).join('<br>');
const row = ({ code, statuses, texts, services }) =>
  `| <a id="${code}"></a>\`${code}\` | ${statuses.join(', ')} | ${cell(texts)} | ${services.join(', ') || 'all'} |`;

/** The page, one table for each first part of a code. */
export function errorCataloguePage(projectRoot) {
  const problems = errorCatalogue(projectRoot);
  const domainOf = ({ code }) => code.split('.', 1)[0];
  const tables = [...new Set(problems.map(domainOf))].flatMap((domain) => [
    `## ${domain}`,
    '',
    '| Code | Status | What it says | Services |',
    '| --- | --- | --- | --- |',
    ...problems.filter((problem) => domainOf(problem) === domain).map(row),
    '',
  ]);
  return [
    '<!-- Made from the problems that the sources throw (npm run generate:api). -->',
    '',
    '# Error codes',
    '',
    'Every refusal has a `code`. Codes are stable; texts are for people and may change. A status says what kind of ' +
      'refusal it is, the code which one, `errors` names the fields of the request, `data` what a client can act on ' +
      'and `trace_id` the request in logs and traces.',
    '',
    'The body is an envelope (`success`, `error`, `message`) with the members of RFC 9457 beside it. With ' +
      '`Accept: application/problem+json` it is those members alone. Where `HTTP_ERROR_FORM` is `object`, `error` is ' +
      '`{code, message}` instead of the text, except under `/chat`. `…` stands for what differs from case to case.',
    '',
    ...tables,
  ].join('\n');
}

export const readErrorCatalogue = (projectRoot) => readFileSync(join(projectRoot, FILE), 'utf8');

export const writeErrorCatalogue = (projectRoot) =>
  writeFileSync(join(projectRoot, FILE), errorCataloguePage(projectRoot));
