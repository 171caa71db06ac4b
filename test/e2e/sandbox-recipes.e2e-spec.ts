import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { PASSWORD } from './support/customer.js';
import { hasCommand, inShell, recipesOf } from './support/recipes.js';
import { useSystem } from './support/use-system.js';

/** The recipes of docs/sandbox-crm.md, run as they stand there. */
const running = useSystem({ env: { MFH_CRMS: 'sandbox' } });
const recipes = recipesOf('docs/sandbox-crm.md');
const missing = (
  await Promise.all(['bash', 'curl', 'jq'].map(async (name) => ((await hasCommand(name)) ? [] : [name])))
).flat();
if (missing.length > 0) {
  process.stderr.write(`SKIPPED: the recipes of docs/sandbox-crm.md were not run: ${missing.join(', ')} is missing\n`);
}
const withCommands = missing.length > 0 ? it.skip : it;

let folder: string;
beforeAll(() => {
  // Where the first start has left the demo account.
  folder = mkdtempSync(join(tmpdir(), 'mfh-recipes-'));
  mkdirSync(join(folder, '.data'));
  writeFileSync(
    join(folder, '.data', 'demo.json'),
    JSON.stringify({ email: running.customer.email, password: PASSWORD }),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The commands under these headlines, at the addresses of the running system. */
function commandsOf(...headlines: string[]): string {
  const commands = headlines.map((headline) => recipes.get(headline) ?? `echo no recipe called ${headline}; false`);
  return commands
    .join('\n')
    .replace('API=http://127.0.0.1:8080', `API=${running.system.url}`)
    .replace('SANDBOX=http://127.0.0.1:8090', `SANDBOX=${running.system.sandbox.url}`);
}

async function expectTenPoints(commands: string, dialect: string): Promise<void> {
  const printed = (await inShell(commands, folder)).filter((line) => !line.startsWith('http'));
  const [tested, tags, execution, effect] = printed.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(tested).toMatchObject({ status: 'success' });
  expect(tags).toContainEqual(expect.stringMatching(/^tried the demo$/i));
  expect(execution).toMatchObject({ status: 'completed' });
  expect(effect).toMatchObject({ dialect, operation: 'SetContactFieldValue', contact_id: '1001' });
}

withCommands.each([
  ['Keap', 'keap'],
  ['GoHighLevel', 'gohighlevel'],
  ['ActiveCampaign', 'activecampaign'],
  ['Ontraport', 'ontraport'],
  ['HubSpot', 'hubspot'],
])('%s is connected by key and used', async (headline, dialect) => {
  await expectTenPoints(commandsOf('Recipes', headline, 'Use the connection'), dialect);
});

withCommands('a change starts a helper', async () => {
  const recipe = commandsOf('Recipes', 'Keap', 'Use the connection', 'Let a change start a helper');
  const printed = await inShell(recipe, folder);
  expect(JSON.parse(printed.at(-1) ?? '')).toEqual(['1005']);
});

withCommands.each(['keap', 'gohighlevel', 'hubspot'])('%s is connected by signing in and used', async (dialect) => {
  const signingIn = 'Signing in: Keap, GoHighLevel or HubSpot';
  const commands = commandsOf('Recipes', signingIn, 'Use the connection');
  await expectTenPoints(commands.replace('PLATFORM=keap', `PLATFORM=${dialect}`), dialect);
});
