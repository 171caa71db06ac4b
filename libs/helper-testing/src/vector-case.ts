import { readFileSync } from 'node:fs';
import { z } from 'zod';

const JsonObject = z.record(z.string(), z.unknown());
const Contact = z.looseObject({ id: z.string() });

const Call = z.object({ op: z.string(), args: z.array(z.unknown()) });
export type ExpectedCall = z.infer<typeof Call>;

const InjectedError = z.object({
  op: z.string(),
  arg: z.unknown().optional(),
  contact: z.string().optional(),
  page: z.number().optional(),
  message: z.string().optional(),
  /** A connector error kind; a refusal when left out. */
  kind: z.string().optional(),
});
export type InjectedError = z.infer<typeof InjectedError>;

const Tag = z.object({ id: z.string(), name: z.string(), category: z.string().optional() });
const FieldDefinition = z.object({ id: z.string(), key: z.string(), label: z.string(), field_type: z.string() });

const Crm = z.object({
  fields: JsonObject.optional(),
  errors: z.array(InjectedError).optional(),
  fail: z.array(InjectedError).optional(),
  tags: z.array(Tag).optional(),
  tag_members: z
    .record(z.string(), z.object({ total: z.number().optional(), contact_ids: z.array(z.string()) }))
    .optional(),
  custom_field_defs: z.array(FieldDefinition).optional(),
  contact_pages: z.array(z.array(z.string())).optional(),
  platform: z.string().optional(),
  capabilities: z.array(z.string()).optional(),
});
export type CaseCrm = z.infer<typeof Crm>;

const Exchange = z.object({ request: JsonObject, response: z.union([z.literal('connection_error'), JsonObject]) });
export type Exchange = z.infer<typeof Exchange>;

const SavedHelper = z.looseObject({
  helper_id: z.string(),
  helper_type: z.string(),
  config: JsonObject,
  account_id: z.string().optional(),
  connection_id: z.string().optional(),
  short_key: z.string().optional(),
  enabled: z.boolean().optional(),
});

const State = z.object({
  counters: z.record(z.string(), z.number()).optional(),
  timers: z.record(z.string(), z.string()).optional(),
  helpers: z.record(z.string(), SavedHelper).optional(),
  down: z.boolean().optional(),
});
export type CaseState = z.infer<typeof State>;

const ServiceCredentials = z.object({
  access_token: z.string().optional(),
  refresh_token: z.string().optional(),
  api_key: z.string().optional(),
  api_secret: z.string().optional(),
  base_url: z.string().optional(),
  account_id: z.string().optional(),
  /** What a refresh answers; absent: it is refused. */
  renewed_access_token: z.string().optional(),
});
export type CaseService = z.infer<typeof ServiceCredentials>;

const Expectation = z.looseObject({
  valid_config: z.boolean().optional(),
  error: z.string().nullable().optional(),
  success: z.boolean().optional(),
  calls: z.array(Call).optional(),
  calls_include: z.array(Call).optional(),
  calls_exclude: z.array(Call).optional(),
  modified_data: JsonObject.optional(),
  actions: z.array(JsonObject).optional(),
  unordered: z.array(z.string()).optional(),
  volatile: z.array(z.string()).optional(),
  state_after: JsonObject.optional(),
  enqueued: z.array(JsonObject).optional(),
  http: z.array(Exchange).optional(),
  contact_after: JsonObject.optional(),
  expires_at: z.string().optional(),
  sheet_before: z.array(z.array(z.string())).optional(),
  sheet_after: z.array(z.array(z.string())).optional(),
  secrets_absent_from_output: z.array(z.string()).optional(),
  mail: JsonObject.optional(),
  file: JsonObject.optional(),
  effects: z.array(JsonObject).optional(),
  note: z.string().optional(),
});
export type Expectation = z.infer<typeof Expectation>;

/** One line of a vector file; the format is described in test/vectors/README.md. */
export const VectorCase = z.looseObject({
  id: z.string(),
  type: z.string(),
  config: z.unknown(),
  contact: Contact.default({ id: '' }),
  other_contacts: z.array(Contact).optional(),
  crm: Crm.optional(),
  no_crm: z.boolean().optional(),
  identity: z
    .object({
      user_id: z.string().default('user:u1'),
      account_id: z.string().default('account:a1'),
      helper_id: z.string().default('helper:h1'),
      depth: z.number().int().default(0),
    })
    .prefault({}),
  now: z.string().optional(),
  input: JsonObject.optional(),
  query: z.record(z.string(), z.string()).optional(),
  http: z.array(Exchange).optional(),
  state: State.optional(),
  services: z.record(z.string(), ServiceCredentials).optional(),
  dns: z.record(z.string(), z.array(z.string())).optional(),
  files: z.record(z.string(), z.string()).optional(),
  expect: Expectation,
  original_is_wrong: z.boolean().optional(),
  should: Expectation.optional(),
  nondeterministic: z.boolean().optional(),
  second_run: Expectation.optional(),
});
export type VectorCase = z.infer<typeof VectorCase>;

/** A line of a vector file: a case, or why it is none. */
export type CaseLine = { place: string } & ({ vector: VectorCase } | { id: string; type?: string; problem: string });

/** Reads a vector file: one JSON object a line, blank lines allowed. */
export function readCaseLines(file: string): CaseLine[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line, index) => ({ line: line.trim(), place: `${file}:${index + 1}` }))
    .filter(({ line }) => line !== '')
    .map(({ line, place }) => readLine(line, place));
}

/** What can be told of a line that is no case. */
const Named = z.object({ id: z.string().optional().catch(undefined), type: z.string().optional().catch(undefined) });

function readLine(line: string, place: string): CaseLine {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (error) {
    return { place, id: place, problem: `is no JSON: ${String(error)}` };
  }
  const parsed = VectorCase.safeParse(json);
  if (parsed.success) return { place, vector: parsed.data };
  const { id = place, type } = Named.catch({}).parse(json);
  return { place, id, ...(type === undefined ? {} : { type }), problem: z.prettifyError(parsed.error) };
}

/**
 * Reads a vector file in which every line must be a case.
 * @throws Error that names file and line of one that is not
 */
export function readCases(file: string): VectorCase[] {
  return readCaseLines(file).map((line) => {
    if ('vector' in line) return line.vector;
    throw new Error(`${line.place} is no vector case: ${line.problem}`);
  });
}
