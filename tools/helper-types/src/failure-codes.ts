import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { HelperDefinition } from '#helpers';

/** A way in which runs of a type can fail. */
export interface FailureCode {
  code: string;
  /** Another attempt may help. */
  retried: boolean;
  /** As the code says it, with dots for what is known only in a run; empty when it is not said in one place. */
  message: string;
}

const FAILURE =
  /HelperFailure\(\s*'(?<code>[a-z_]+)',\s*'(?<kind>retry|give_up)',\s*(?:'(?<plain>(?:[^'\\]|\\.)*)'|"(?<double>(?:[^"\\]|\\.)*)"|`(?<template>[^`]*)`)?/g;
const IMPORT = /from '(?<path>\.{1,2}\/[^']+)\.js'/g;

const readable = (text: string): string => text.replace(/\\(.)/g, '$1').replace(/\$\{[^}]*\}/g, '…');

function sourcesBelow(file: string, helpersRoot: string, seen: Set<string>): string[] {
  if (seen.has(file) || !existsSync(file)) return [];
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  // What the kit says is common to all types, and stands on every page.
  const imported = [...text.matchAll(IMPORT)]
    .map((match) => join(dirname(file), `${match.groups?.['path'] ?? ''}.ts`))
    .filter((path) => path.startsWith(helpersRoot) && !path.startsWith(join(helpersRoot, '_kit')));
  return [text, ...imported.flatMap((path) => sourcesBelow(path, helpersRoot, seen))];
}

/** The failures that the code of a type, and what it shares with its neighbours, names itself. */
export function failureCodesOf({ category, type }: HelperDefinition, helpersRoot: string): FailureCode[] {
  const folder = join(helpersRoot, category, type);
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));
  const seen = new Set<string>();
  const sources = files.flatMap((file) => sourcesBelow(join(folder, file), helpersRoot, seen));
  const found = new Map<string, FailureCode>();
  for (const { groups = {} } of sources.flatMap((text) => [...text.matchAll(FAILURE)])) {
    const { code = '', kind, plain, double, template } = groups;
    const message = readable(plain ?? double ?? template ?? '');
    const known = found.get(code);
    if (known === undefined || known.message === '') found.set(code, { code, retried: kind === 'retry', message });
  }
  return [...found.values()].sort((a, b) => a.code.localeCompare(b.code, 'en'));
}

/** Failures that any type may meet, by what it needs. */
export function commonFailures({ requiresCrm, requiresContact, effects, services }: HelperDefinition): FailureCode[] {
  const asks = Object.values(effects).some((policy) => policy !== 'repeatable' && policy.inDoubt === 'ask');
  const listed: [applies: boolean, failure: FailureCode][] = [
    [true, { code: 'invalid_config', retried: false, message: 'The configuration is not complete, or not valid.' }],
    [requiresCrm, { code: 'crm_connection_required', retried: false, message: 'This helper needs a CRM connection.' }],
    [requiresContact, { code: 'contact_required', retried: false, message: 'This helper needs a contact.' }],
    [
      requiresCrm,
      { code: 'crm_error', retried: true, message: 'The CRM refused or did not answer; refusals are not repeated.' },
    ],
    [
      services.length > 0,
      {
        code: 'service_not_connected',
        retried: false,
        message: 'The service is not connected, or must be reconnected.',
      },
    ],
    [
      asks,
      {
        code: 'effect_in_doubt',
        retried: false,
        message: 'An attempt was interrupted in the middle of an effect; a person decides.',
      },
    ],
  ];
  return listed.filter(([applies]) => applies).map(([, failure]) => failure);
}
