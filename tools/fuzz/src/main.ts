import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, startProductProcesses } from '#testing';
import type { Role } from '#contracts';
import { Api } from './api.js';
import { fillAccount } from './objects.js';
import { fuzzOptions, type FuzzOptions } from './options.js';
import { People } from './people.js';
import { resultOf, type RecordLine, type RunResult } from './record.js';
import { settingsFile } from './settings-file.js';
import { printSummary } from './summary.js';
import { openTokenDesk } from './token-desk.js';

const DATABASE_PREFIX = 'fuzz_';

const given = (name: string): string => {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set: start this by npm run fuzz`);
  return value;
};

const options = fuzzOptions(process.argv.slice(2));
const folder = join(projectRoot(), '.data', 'fuzz', 'last-run');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

// Who ends this ends the processes that it started, which happens on exit.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

/** Nothing that is made up here may be sent to somebody real: vendors are the demo CRM, and no port is open. */
const product = await startProductProcesses({
  MFH_DATABASE_PREFIX: DATABASE_PREFIX,
  MFH_CRMS: 'sandbox',
  MFH_OUTBOUND_PORTS: '9',
  MFH_WEBHOOK_STRIPE_SECRETS: 'whsec_fuzz',
  MFH_OBJECTS_FOLDER: join(folder, 'objects'),
  NODE_OPTIONS: '',
});
try {
  const results = new Map<Role, RunResult>();
  for (const role of options.roles) results.set(role, await fuzzAs(role, product.url, options));
  writeFileSync(join(folder, 'services.log'), product.processes.services.output());
  writeFileSync(join(folder, 'gateway.log'), product.processes.gateway.output());
  process.exitCode = printSummary(results, folder) ? 0 : 1;
} finally {
  await product.stop();
}

/** Each role gets an account of its own, so that what one does does not hinder the next. */
async function fuzzAs(role: Role, url: string, { examples, path, seed }: FuzzOptions): Promise<RunResult> {
  const api = new Api(url);
  const people = await People.inNewAccount({ api, mongoUrl: given('MFH_MONGO_URL'), databasePrefix: DATABASE_PREFIX });
  const values = await fillAccount(people, api);
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as Parameters<typeof settingsFile>[0];
  const [record, settings] = [join(folder, `${role}.jsonl`), join(folder, `${role}.toml`)];
  writeFileSync(record, '');
  writeFileSync(settings, settingsFile(document, values));
  const desk = await openTokenDesk(() => people.tokenOf(role));
  console.log(`As ${role} ...`);
  try {
    await runSchemathesis(
      [
        ...['--config-file', settings, 'run', `${url}/openapi.json`, '--max-examples', String(examples)],
        ...['--workers', '2', '--generation-database', 'none', '--no-color'],
        ...(path === undefined
          ? []
          : ['--include-path-regex', `^${path.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}`]),
        ...(seed === undefined ? [] : ['--seed', String(seed)]),
      ],
      { FUZZ_TOKEN_URL: desk.url, FUZZ_RECORD: record, SCHEMATHESIS_HOOKS: join(projectRoot(), 'tools/fuzz/hooks.py') },
      join(folder, `${role}.txt`),
    );
  } finally {
    desk.close();
  }
  const lines = readFileSync(record, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return resultOf(lines.map((line) => JSON.parse(line) as RecordLine));
}

/** @throws Error when it could not do its work; findings are no failure of it */
function runSchemathesis(args: string[], env: Record<string, string>, outputFile: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(given('FUZZ_SCHEMATHESIS'), args, {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const endWithUs = (): boolean => child.kill('SIGKILL');
    process.once('exit', endWithUs);
    const pieces: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => pieces.push(piece));
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('exit', endWithUs);
      const output = Buffer.concat(pieces).toString();
      writeFileSync(outputFile, output);
      if (code === 0 || code === 1) resolve();
      else reject(new Error(`schemathesis ended with ${code}:\n${output.slice(-4_000)}`));
    });
  });
}
