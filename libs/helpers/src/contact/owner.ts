import { z } from 'zod';
import { choice, requireOption, textList } from '../_kit/config/options.js';
import type { ContactCrm } from '../_kit/crm/contact-crm.js';
import { writeOneField } from '../_kit/crm/write-one-field.js';
import { HelperFailure } from '../_kit/helper-failure.js';
import type { HelperResult } from '../_kit/helper-result.js';
import type { RunContext } from '../_kit/run-context.js';
import { fieldText } from '../_kit/text/field-text.js';

/** Options of the types that set the owner. Ids of some CRMs are numbers. */
export const ownerOptions = {
  owner_id: z
    .union([z.string().trim().min(1), z.number()])
    .transform(fieldText)
    .meta({ description: 'Id of the CRM user who becomes the owner' })
    .optional(),
  mode: choice(['specific', 'round_robin'], 'One owner, or the owners of the list in turn').default('specific'),
  owner_ids: textList('With mode round_robin: ids of the CRM users, in turn', 0).optional(),
};

interface OwnerConfig {
  owner_id?: string | undefined;
  mode: 'specific' | 'round_robin';
  owner_ids?: string[] | undefined;
}

/** Which of the options is needed follows from the mode. */
export function requireOwner({ mode, owner_id: owner, owner_ids: list = [] }: OwnerConfig, context: z.RefinementCtx) {
  if (mode === 'specific' && owner === undefined) requireOption(context, 'owner_id', 'with mode specific');
  if (mode === 'round_robin' && list.length === 0) requireOption(context, 'owner_ids', 'with mode round_robin');
}

/** With one owner, forms send a list all the same; its first entry counts. */
export function firstOwner(raw: Record<string, unknown>): Record<string, unknown> {
  const { owner_ids: list, ...others } = raw;
  const isOne = (others['mode'] ?? 'specific') === 'specific';
  if (!isOne || list === undefined || (others['owner_id'] ?? '') !== '') return raw;
  const [first = ''] = Array.isArray(list) ? (list as unknown[]) : fieldText(list).split(',');
  return { ...others, owner_id: typeof first === 'string' ? first.trim() : first };
}

/** The owner whose turn it is; counting is exact over all runners, and a repeated delivery keeps its turn. */
async function chosenOwner({ config, effect, identity, state }: RunContext<OwnerConfig>): Promise<string> {
  const { owner_id: owner = '', mode, owner_ids: list = [] } = config;
  if (mode === 'specific') return owner;
  const key = `owner:${identity.helperId}`;
  const turn = await effect(
    { step: 'turn', operation: 'keepState', target: key, summary: 'Choose the next owner' },
    () => state.advance(key, 'turn'),
  );
  return list[(turn - 1) % list.length] ?? owner;
}

/** Writes the owner unless it is the right one already. */
export async function assignOwner(context: RunContext<OwnerConfig>, field: string): Promise<HelperResult> {
  const { crm } = context;
  const owner = await chosenOwner(context);
  if (fieldText(await crm.readField(field)).trim() === owner) return { success: true };
  return writeOneField(crm, field, owner);
}

/** @throws HelperFailure `unsupported_by_crm` where contacts have no owner */
export async function requireOwners(crm: ContactCrm): Promise<void> {
  if ((await crm.platform()) !== 'activecampaign') return;
  const message =
    'Contacts of ActiveCampaign have no owner: name a field of your own for it in owner_field of Assign It.';
  throw new HelperFailure('unsupported_by_crm', 'give_up', message);
}
