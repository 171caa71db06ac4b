import { configSchemaOf, type EffectPolicy, type HelperDefinition } from '#helpers';
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

/**
 * The documentation page of a helper type.
 * @param example Markdown of a worked example, when there is one
 */
export function helperPage(definition: HelperDefinition, example: string | undefined): string {
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
    optionTable(configSchemaOf(definition)),
    ...(aliases.length === 0 ? [] : [`Also accepted: ${aliases.join(', ')}.`]),
    '## Effects',
    effects.length === 0
      ? 'None.'
      : ['| operation | when a delivery comes again |', '| --- | --- |', ...effects].join('\n'),
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
