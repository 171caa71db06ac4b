import { formSchemaOf, type EffectPolicy, type HelperDefinition } from '#helpers';
import { commonFailures, type FailureCode } from './failure-codes.js';
import { optionLimits } from './option-limits.js';
import { optionTable } from './option-table.js';

const ORIGIN = '<!-- Generated from the definition by `npm run generate:helpers`; do not edit. -->';

const DOUBT = {
  repeat: 'done once; after an interrupted attempt it is repeated with the same key',
  skip: 'done once; after an interrupted attempt it is left out',
  ask: 'done once; after an interrupted attempt that nobody can look into, a person decides',
} as const;

const policyText = (policy: EffectPolicy): string =>
  policy === 'repeatable' ? 'may be repeated: a second time changes nothing' : DOUBT[policy.inDoubt];

function factsOf(definition: HelperDefinition): string[] {
  const { type, category, requiresCrm, requiresContact, platforms, services } = definition;
  return [
    `- type \`${type}\`, category ${category}`,
    `- needs a CRM connection: ${requiresCrm ? 'yes' : 'no'}; a contact: ${requiresContact ? 'yes' : 'no'}`,
    `- CRMs: ${platforms.length === 0 ? 'all' : platforms.join(', ')}`,
    ...(services.length === 0 ? [] : [`- service connections: ${services.join(', ')}`]),
  ];
}

/** Limits of every execution; `docs/configuration.md` says which ones an operator can change. */
const COMMON_LIMITS = [
  '- a request holds at most 256 KiB, and a helper takes 100 executions a minute',
  '- a run lasts at most 5 minutes and is attempted at most 3 times',
];

function failureTable(failures: readonly FailureCode[]): string {
  const rows = failures.map(
    ({ code, retried, message }) => `| \`${code}\` | ${retried ? 'yes' : 'no'} | ${message.replaceAll('|', '/')} |`,
  );
  return ['| code | tried again | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

/** What is added to the definition itself. */
export interface PageParts {
  /** Markdown of a worked example, when there is one. */
  example: string | undefined;
  /** The type's own failures. */
  failures: readonly FailureCode[];
}

/** The documentation page of a helper type. */
export function helperPage(definition: HelperDefinition, { example, failures }: PageParts): string {
  const schema = formSchemaOf(definition);
  const own = new Set(failures.map(({ code }) => code));
  const common = commonFailures(definition).filter(({ code }) => !own.has(code));
  const effects = Object.entries(definition.effects).map(
    ([operation, policy]) => `| \`${operation}\` | ${policyText(policy)} |`,
  );
  const aliases = Object.entries(definition.aliases ?? {}).map(([alias, name]) => `\`${alias}\` for \`${name}\``);
  return [
    ORIGIN,
    `# ${definition.title}`,
    definition.summary,
    factsOf(definition).join('\n'),
    '## How it behaves',
    definition.rules.map((rule) => `- ${rule}`).join('\n'),
    '## Options',
    optionTable(schema),
    ...(aliases.length === 0 ? [] : [`Also accepted: ${aliases.join(', ')}.`]),
    '## Effects',
    effects.length === 0
      ? 'None.'
      : ['| operation | when a delivery comes again |', '| --- | --- |', ...effects].join('\n'),
    '## Limits',
    [...optionLimits(schema), ...COMMON_LIMITS].join('\n'),
    '## Errors',
    failureTable([...common, ...failures]),
    ...(example === undefined ? [] : ['## Example', example]),
  ]
    .join('\n\n')
    .concat('\n');
}

/** The list of all types, by category. */
export function indexPage(definitions: readonly HelperDefinition[]): string {
  const categories = [...new Set(definitions.map(({ category }) => category))].sort();
  const sections = categories.map((category) => {
    const rows = definitions
      .filter((definition) => definition.category === category)
      .sort((a, b) => a.title.localeCompare(b.title, 'en'))
      .map(({ type, title, summary }) => `| [${title}](${type}.md) | \`${type}\` | ${summary} |`);
    return `## ${category}\n\n${['| helper | type | what it does |', '| --- | --- | --- |', ...rows].join('\n')}`;
  });
  return [ORIGIN, '# Helper types', `${definitions.length} types.`, ...sections].join('\n\n').concat('\n');
}
