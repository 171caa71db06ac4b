import { parseArgs } from 'node:util';

export interface BenchSettings {
  json: boolean;
  /** Length of the main run. */
  seconds: number;
  telemetry: boolean;
  /** Folder for CPU profiles of the product's processes; absent: none are taken. */
  profile?: string;
}

export const CONNECTIONS = 50;
export const CONTACTS = 2_000;
export const FIRST_CONTACT = 1001;

export function benchSettings(args: string[]): BenchSettings {
  const { values } = parseArgs({
    args,
    options: {
      json: { type: 'boolean', default: false },
      seconds: { type: 'string', default: '20' },
      'no-telemetry': { type: 'boolean', default: false },
      profile: { type: 'string' },
    },
  });
  const seconds = Number(values.seconds);
  if (!Number.isInteger(seconds) || seconds < 2) throw new Error('--seconds must be a whole number from 2 on');
  return {
    json: values.json,
    seconds,
    telemetry: !values['no-telemetry'],
    ...(values.profile !== undefined && { profile: values.profile }),
  };
}

/** A variable that `bench/run.mjs` sets. */
export function given(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set: start this by npm run bench`);
  return value;
}
