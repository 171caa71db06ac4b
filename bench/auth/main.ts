import { hash, verify } from '@node-rs/argon2';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { startProduct } from '../executions/product.js';
import { p99, requestsPerSecond, signInsPerSecond, type Person } from './load.js';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '10' },
    /** Folder for CPU profiles of the product's processes; absent: none are taken. */
    profile: { type: 'string' },
  },
});
const seconds = Number(values.seconds);
if (!Number.isInteger(seconds) || seconds < 2) throw new Error('--seconds must be a whole number from 2 on');

/** As many as the product hashes at once. */
const HASHERS = Math.max(1, availableParallelism() - 1);
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const PEOPLE = 20;
const WAITING = 200;
const STEADY = 50;
/** Slices of what is compared alternate, so that whatever disturbs the machine disturbs all of it. */
const SLICES = 4;

const round = (value: number): number => Math.round(value * 100) / 100;
const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** Checks of a password a second, with nothing around them. */
async function bareChecks(forSeconds: number): Promise<number> {
  const stored = await hash('Correct-Horse-7', ARGON2ID);
  const end = performance.now() + forSeconds * 1000;
  const counts = await Promise.all(
    Array.from({ length: HASHERS }, async () => {
      let count = 0;
      for (; performance.now() < end; count += 1) await verify(stored, 'Correct-Horse-7');
      return count;
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0) / forSeconds;
}

async function register(url: string, person: Person): Promise<string> {
  const response = await fetch(`${url}/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...person, name: 'Bench' }),
  });
  if (!response.ok) throw new Error(`/auth/register answered ${response.status}: ${await response.text()}`);
  return ((await response.json()) as { data: { token: string } }).data.token;
}

async function measureCredentials(route: string, kinds: Record<'none' | 'jwt' | 'key', Record<string, string>>) {
  const rates: Record<keyof typeof kinds, number[]> = { none: [], jwt: [], key: [] };
  for (const headers of Object.values(kinds)) await requestsPerSecond(route, headers, 2);
  for (let slice = 0; slice < SLICES; slice += 1) {
    for (const kind of ['none', 'jwt', 'key'] as const) {
      rates[kind].push(await requestsPerSecond(route, kinds[kind], Math.max(1, Math.round(seconds / SLICES))));
    }
  }
  const [none, jwt, key] = [mean(rates.none), mean(rates.jwt), mean(rates.key)];
  return {
    open_per_s: round(none),
    jwt_per_s: round(jwt),
    api_key_per_s: round(key),
    jwt_ratio: round(jwt / none),
    api_key_ratio: round(key / none),
  };
}

async function measureSignIns(url: string, route: string, people: readonly Person[]) {
  const signIn = `${url}/auth/login`;
  const idle = await p99(route, { rate: STEADY, seconds });
  await signInsPerSecond(signIn, people, { waiting: HASHERS * 4, seconds: 2 });
  const bare: number[] = [];
  const signIns: number[] = [];
  for (let slice = 0; slice < 2; slice += 1) {
    bare.push(await bareChecks(seconds / 2));
    signIns.push(await signInsPerSecond(signIn, people, { waiting: HASHERS * 4, seconds: Math.round(seconds / 2) }));
  }
  const [, busy] = await Promise.all([
    signInsPerSecond(signIn, people, { waiting: WAITING, seconds: seconds + 2 }),
    p99(route, { rate: STEADY, seconds }),
  ]);
  return {
    bare_checks_per_s: round(mean(bare)),
    sign_ins_per_s: round(mean(signIns)),
    sign_in_ratio: round(mean(signIns) / mean(bare)),
    idle_p99_ms: round(idle),
    p99_beside_200_sign_ins_ms: round(busy),
    p99_ratio: round(busy / idle),
  };
}

const WANTED: Record<string, string> = {
  jwt_ratio: 'at least 0.8',
  api_key_ratio: 'at least 0.8',
  sign_in_ratio: 'at least 0.9',
  p99_ratio: 'at most 2',
};

const profiling: Record<string, string> =
  values.profile === undefined ? {} : { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${values.profile}` };
const product = await startProduct({ databasePrefix: 'auth_', env: profiling });
try {
  const url = new URL(product.executeUrl).origin;
  const route = `${url}/auth/health`;
  const people = Array.from({ length: PEOPLE }, (_, index) => ({
    email: `bench-auth-${index}@example.com`,
    password: 'Correct-Horse-7',
  }));
  const tokens = [];
  for (const person of people) tokens.push(await register(url, person));
  const figures = {
    cores: availableParallelism(),
    ...(await measureCredentials(route, {
      none: {},
      jwt: { authorization: `Bearer ${tokens[0]}` },
      key: { 'x-api-key': product.key },
    })),
    ...(await measureSignIns(url, route, people)),
  };
  if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
  else {
    for (const [name, figure] of Object.entries(figures)) {
      process.stdout.write(
        `${name.replaceAll('_', ' ').padEnd(34)} ${String(figure).padStart(10)}  ${WANTED[name] ?? ''}\n`,
      );
    }
  }
} finally {
  await product.stop();
}
