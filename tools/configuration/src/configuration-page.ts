import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { MessagingConfig } from '#messaging';
import { PersistenceConfig } from '#persistence';
import { SealingConfig } from '#sealing';
import { ServiceConfig } from '#service-defaults';
import { service as gateway } from '../../../apps/gateway/src/service.js';
import { service as runner } from '../../../apps/helper-runner/src/service.js';
import { loadServices } from '../../../apps/standalone/src/service-list.js';
import { declaredSettings } from './declared-settings.js';

const Row = z.object({ variable: z.string(), default: z.coerce.string(), meaning: z.string() });
type Row = z.infer<typeof Row>;

const LocalSettings = z.object({
  ports: z.record(z.string(), Row),
  others: z.array(Row),
  shared: z.array(Row),
  sandbox: z.array(Row),
  telemetry: z.array(Row),
});

/** Parts that libraries declare for every process that uses them. */
const SHARED: readonly z.ZodType[] = [ServiceConfig, MessagingConfig, PersistenceConfig, SealingConfig];

/**
 * The page `docs/configuration.md`: every environment variable, from where the code declares it.
 * @throws Error naming variables without a meaning
 */
export async function configurationPage(projectRoot: string): Promise<string> {
  const file = join(projectRoot, 'deploy', 'local', 'settings.json');
  const local = LocalSettings.parse(JSON.parse(readFileSync(file, 'utf8')));
  const shared = [...rowsOf(SHARED), ...local.shared];
  const sections: [title: string, text: string, rows: Row[]][] = [
    [
      'Local start',
      'Read by `npm start`, `npm test` and `npm run mfh`, which hand the services what they need.',
      [...Object.values(local.ports), ...local.others],
    ],
    ['Every service', 'Read by each process.', shared],
  ];
  for (const service of [gateway, ...(await loadServices()), runner]) {
    const known = new Set(shared.map(({ variable }) => variable));
    const own = rowsOf(service.config === undefined ? [] : [service.config]);
    const rows = own.filter(({ variable }) => !known.has(variable));
    if (rows.length > 0) sections.push([`Service ${service.name}`, `Read by ${service.name} only.`, rows]);
  }
  sections.push(['Sandbox CRM', 'Read by `apps/sandbox-crm`.', local.sandbox]);
  sections.push(['Telemetry', 'The standard variables of OpenTelemetry, read by each process.', local.telemetry]);
  return `${INTRODUCTION}\n${sections.map(([title, text, rows]) => section(title, text, rows)).join('\n')}`;
}

const INTRODUCTION = `# Configuration

Made by \`npm run generate:configuration\` from what the code declares; a test fails when it is stale.

Everything is an environment variable with a default that suits a local start. A process refuses to start when its
settings do not fit, and names all faults at once. An empty variable counts as absent.

\`npm start\` makes its own secrets at the first start (\`.data/secrets.json\`, readable by its owner only) and lifts the
limits that would hinder trying things out (\`MFH_LIMITS=lifted\`); in production mode (\`MFH_MODE=production\`) secrets must
be set and limits are the standard ones.
`;

function rowsOf(schemas: readonly z.ZodType[]): Row[] {
  const settings = new Map(schemas.flatMap(declaredSettings).map((setting) => [setting.variable, setting]));
  const silent = [...settings.values()].filter(({ meaning }) => meaning === undefined);
  if (silent.length > 0) {
    throw new Error(`Settings without a meaning: ${silent.map(({ variable }) => variable).join(', ')}.`);
  }
  return [...settings.values()].map((setting) => ({
    variable: setting.variable,
    default: setting.default ?? '',
    meaning: setting.meaning ?? '',
  }));
}

function section(title: string, text: string, rows: readonly Row[]): string {
  const lines = rows.map(
    (row) => `| \`${row.variable}\` | ${row.default === '' ? '' : `\`${row.default}\``} | ${row.meaning} |`,
  );
  return `## ${title}\n\n${text}\n\n| Variable | Default | Meaning |\n| --- | --- | --- |\n${lines.join('\n')}\n`;
}
