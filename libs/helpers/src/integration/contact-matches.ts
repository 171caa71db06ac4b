import type { NormalizedContact, QueryOptions } from '#connectors';
import { z } from 'zod';
import { choice, text, textList } from '../_kit/config/options.js';
import type { ContactCrm } from '../_kit/crm/contact-crm.js';
import { HelperFailure } from '../_kit/helper-failure.js';
import type { HelperAction } from '../_kit/helper-result.js';
import { PartialWrites } from '../_kit/partial-writes.js';
import type { RunContext } from '../_kit/run-context.js';
import { stopsRun, toRunFailure } from '../_kit/run-failure.js';

/** Contacts asked for at once; each CRM gives as many of them as it can. */
const PAGE = 1000;
/** Pages that one run reads at most. */
const MOST_PAGES = 200;
/** Contacts whose data an execution's output shows; the count covers all. */
const MOST_SHOWN = 500;

type Wanted = (contact: NormalizedContact) => boolean;

export interface Matches {
  contacts: NormalizedContact[];
  /** The CRM has, or may have, more than these. */
  hasMore: boolean;
}

/** Reads the CRM's contacts page by page until enough of them are wanted or there are no more. */
export async function findMatches(
  crm: ContactCrm,
  selection: Pick<QueryOptions, 'email' | 'tag_id'>,
  limit: number,
  wanted?: Wanted,
): Promise<Matches> {
  const contacts: NormalizedContact[] = [];
  const pageSize = wanted === undefined ? Math.min(limit, PAGE) : PAGE;
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await crm.getContacts({ ...selection, limit: pageSize, ...(cursor !== undefined && { cursor }) });
    for (const contact of answer.contacts) {
      if (wanted?.(contact) === false) continue;
      if (contacts.length === limit) return { contacts, hasMore: true };
      contacts.push(contact);
    }
    cursor = answer.has_more ? answer.next_cursor : undefined;
    if (cursor === undefined) return { contacts, hasMore: false };
    if (wanted === undefined && contacts.length === limit) break;
  }
  return { contacts, hasMore: true };
}

/** What the output of an execution shows of its matches: no more personal data than people look at. */
export const shown = <Shape>(contacts: readonly NormalizedContact[], shape: (contact: NormalizedContact) => Shape) =>
  contacts.slice(0, MOST_SHOWN).map(shape);

/** Options of what happens to each contact that was found. */
export const bulkOptions = {
  action_type: choice(['tag', 'goal', 'helper'], 'What happens to each contact found').optional(),
  action_tags: textList('Tags for each contact found').optional(),
  goal_name: text('Goal that each contact found achieves').optional(),
  action_helper_id: text('Helper that runs for each contact found').optional(),
  batch_size: z
    .int()
    .min(1)
    .max(1000)
    .meta({ description: 'Most contacts for which that is done in one run, 1 to 1000' })
    .default(100),
};

export interface BulkAction {
  tags: readonly string[];
  goal?: string | undefined;
  helperId?: string | undefined;
  most: number;
}

type BulkContext = Pick<
  RunContext<unknown>,
  'crm' | 'children' | 'effect' | 'helpersDirectory' | 'identity' | 'input' | 'warn'
>;

async function applyToAll(
  context: BulkContext,
  ids: readonly string[],
  what: string,
  act: (crm: ContactCrm) => Promise<void>,
): Promise<number> {
  const writes = new PartialWrites(context);
  let done = 0;
  for (const id of ids) {
    if (await writes.attempt(`${what} of contact ${id}`, () => act(context.crm.forContact(id)))) done += 1;
  }
  return done;
}

/** Queues a helper for each contact, one after the other, behind this run. */
async function runHelper(
  { children, effect, helpersDirectory, identity, input }: BulkContext,
  id: string,
  contacts: readonly string[],
) {
  const helper = await helpersDirectory.resolve(id);
  if (helper === null) {
    throw new HelperFailure('helper_not_found', 'give_up', `There is no helper ${id} in this account.`);
  }
  if (helper.helperId === identity.helperId) {
    throw new HelperFailure('chain_cycle', 'give_up', 'A helper cannot run itself for each contact it finds.');
  }
  const { helperId } = helper;
  const steps = contacts.map((contactId) => ({ helperId, contactId, delaySeconds: 0 }));
  const summary = `Queue ${steps.length} executions`;
  await effect({ step: 'children', operation: 'startChildren', target: helperId, summary }, () =>
    children.start({ steps, stopOnFailure: false, onSuccess: [], onFailure: [], input }),
  );
  return { type: 'executions_queued', target: helperId, value: steps.length };
}

/**
 * Does something to each contact that was found. Contacts that refuse are left out of the number with a warning.
 * @param ids the same in every delivery of the execution
 * @returns what was done, with the number of contacts it was done to
 */
export async function actOnAll(
  context: BulkContext,
  action: BulkAction,
  ids: readonly string[],
): Promise<HelperAction[]> {
  const contacts = ids.slice(0, action.most);
  if (contacts.length === 0) return [];
  if (ids.length > contacts.length) context.warn(`Only the first ${contacts.length} contacts were acted on.`);
  const actions: HelperAction[] = [];
  for (const tag of action.tags) {
    const done = await applyToAll(context, contacts, `Tag ${tag}`, (crm) => crm.applyTag(tag));
    if (done > 0) actions.push({ type: 'bulk_tag_applied', target: tag, value: done });
  }
  const { goal, helperId } = action;
  if (goal !== undefined) {
    const done = await applyToAll(context, contacts, `Goal ${goal}`, (crm) => crm.achieveGoal(goal));
    if (done > 0) actions.push({ type: 'bulk_goal_achieved', target: goal, value: done });
  }
  if (helperId !== undefined) actions.push(await runHelper(context, helperId, contacts));
  return actions;
}

/** Stores the number of matches on the contact of the run, if there is one. A refusal is a warning. */
export async function saveCount(
  { crm, identity, warn }: Pick<RunContext<unknown>, 'crm' | 'identity' | 'warn'>,
  field: string | undefined,
  count: number,
): Promise<HelperAction[]> {
  if (field === undefined || (identity.contactId ?? '') === '') return [];
  try {
    await crm.writeField(field, count);
  } catch (error) {
    if (stopsRun(error)) throw error;
    warn(`Field ${field} could not be written: ${toRunFailure(error).message}`);
    return [];
  }
  return [{ type: 'field_updated', target: field, value: count }];
}

/** Searches saved inside a CRM: no vendor that can be connected lets programs run them. */
export const savedSearch = text('Not available: CRMs do not let programs run saved searches')
  .refine(() => false, { error: 'Saved searches cannot be run from outside the CRM: choose a tag or an address' })
  .optional();
