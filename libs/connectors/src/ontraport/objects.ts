import { z } from 'zod';
import type { VendorCall } from '../_kit/call/vendor-call.js';
import type { VendorClient } from '../_kit/call/vendor-client.js';
import { path } from '../_kit/call/vendor-path.js';
import { ConnectorError } from '../_kit/connector-error.js';
import type { ConnectorOperation } from '../_kit/port.js';
import { refuse } from '../_kit/refuse.js';

/** Numbers of the object types: every record is reached through the same paths. */
export const OBJECT = { contact: 0, note: 12, tag: 14, automation: 140 } as const;

/** All paths of the connector. There is no `DELETE /objects` among them: without ids it selects every record. */
export const PATHS = {
  one: path`/object`,
  many: path`/objects`,
  count: path`/objects/getInfo`,
  fields: path`/objects/meta`,
  tagged: path`/objects/tag`,
  subscriptions: path`/objects/subscribe`,
  probe: path`/Contacts/getInfo`,
} as const;

/** Largest page; a larger one is cut without a word. */
export const LARGEST_PAGE = 50;

const Envelope = z.object({
  code: z.union([z.string(), z.number()]).transform(Number),
  data: z.unknown().optional(),
  /** How many records there are in all, where the call asked for it. */
  count: z.union([z.string(), z.number()]).transform(Number).nullish(),
});

type Ask = Omit<VendorCall<unknown>, 'answer'>;

export interface Answered<Data> {
  data: Data;
  count: number | undefined;
}

/** Makes a call and takes its answer out of the envelope, whose code may refuse what the status accepted. */
export async function ask<Data>(client: VendorClient, call: Ask, shape: z.ZodType<Data>): Promise<Answered<Data>> {
  const { code, data, count } = await client.call({ ...call, answer: Envelope });
  if (code !== 0) {
    const message = `Ontraport refused the request inside a success (code ${code})`;
    throw refuse(client.platform, call.operation, 'validation', message, true);
  }
  const parsed = shape.safeParse(data);
  if (!parsed.success) {
    throw new ConnectorError({
      kind: 'protocol',
      platform: client.platform,
      operation: call.operation,
      message: 'The answer of Ontraport lacks what was expected in its data',
      status: 200,
      outcome: 'unknown',
    });
  }
  return { data: parsed.data, count: count ?? undefined };
}

/** For calls whose data is a sentence or nothing at all. */
export async function tell(client: VendorClient, call: Ask): Promise<void> {
  await ask(client, call, z.unknown());
}

/**
 * Ids travel in lists with commas, and no id at all means every record: nothing but one number may be one.
 * @throws ConnectorError `validation`, before any call
 */
export function recordNumber(client: VendorClient, operation: ConnectorOperation, what: string, id: string): string {
  if (/^[1-9]\d{0,17}$/.test(id)) return id;
  throw refuse(client.platform, operation, 'validation', `Name the ${what} by its number, such as 45`);
}
