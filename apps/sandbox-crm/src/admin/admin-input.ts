import { z } from 'zod';
import type { FaultRule } from '../faults/fault-rules.js';
import type { SeedSettings } from '../seed/seed-crm.js';

export type Read<T> = { value: T } | { problem: string };

const match = z.strictObject({
  dialect: z.string().optional(),
  method: z.string().optional(),
  path: z.string().optional(),
  contact_id: z.string().optional(),
});

const faultRules = z.strictObject({
  rules: z.array(
    z.strictObject({
      id: z.string().optional(),
      match: match.default({}),
      times: z.int().min(0).optional(),
      latency_ms: z.int().min(0).max(600_000).optional(),
      status: z.int().min(200).max(599).optional(),
      headers: z.record(z.string(), z.string()).optional(),
      body: z.unknown().optional(),
      drop: z.enum(['before', 'after']).optional(),
    }),
  ),
});

const connection = z.strictObject({ connection: z.string().optional() });

const MAX_CONTACTS = 1_000_000;
const seedSettings = z.strictObject({
  seed: z.int().optional(),
  contacts: z.int().min(0).max(MAX_CONTACTS).optional(),
});

/** The rules of `PUT /_admin/faults`; one without an id gets its place in the list as id. */
export function readFaultRules(body: unknown): Read<FaultRule[]> {
  const read = parse(faultRules, body);
  if ('problem' in read) return read;
  return {
    value: read.value.rules.map(({ id, match: wanted, ...rest }, index) =>
      withoutUndefined({ id: id ?? String(index + 1), match: withoutUndefined(wanted), ...rest }),
    ),
  };
}

export function readConnection(body: unknown): Read<{ connection: string | undefined }> {
  const read = parse(connection, body ?? {});
  return 'problem' in read ? read : { value: { connection: read.value.connection } };
}

/** What is not given stays as it is. */
export function readSeedSettings(body: unknown, now: SeedSettings): Read<SeedSettings> {
  const read = parse(seedSettings, body ?? {});
  if ('problem' in read) return read;
  return { value: { seed: read.value.seed ?? now.seed, contacts: read.value.contacts ?? now.contacts } };
}

function parse<T>(schema: z.ZodType<T>, body: unknown): Read<T> {
  const result = schema.safeParse(body);
  return result.success ? { value: result.data } : { problem: z.prettifyError(result.error) };
}

type WithoutUndefined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(object: T): WithoutUndefined<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as WithoutUndefined<T>;
}
