import { z } from 'zod';
import { flag } from '../../_kit/config/options.js';
import { contactTags } from '../../_kit/crm/contact-tags.js';
import { defineHelper } from '../../_kit/define-helper.js';
import type { RunContext } from '../../_kit/run-context.js';

const DAY_MS = 86_400_000;
const LONGEST_DAYS = 3650;

const config = z.object({
  include_tags: flag('Keep the tags and their number').default(true),
  include_custom_fields: flag('Keep the custom fields').default(true),
  keep_days: z
    .number()
    .int()
    .min(1)
    .max(LONGEST_DAYS)
    .meta({ description: 'Days after which the snapshot is removed' })
    .default(365),
});

type Context = RunContext<z.output<typeof config>>;

/** Custom fields are a part of their own, so that none can take the place of who the snapshot is about. */
async function snapshotOf({ config: options, clock, identity, crm }: Context) {
  const contact = await crm.contact();
  const tags = options.include_tags && contact.tags !== undefined ? await contactTags(crm) : undefined;
  const custom = options.include_custom_fields ? contact.custom_fields : undefined;
  return {
    timestamp: Math.floor(clock.now().getTime() / 1000),
    account_id: identity.accountId,
    helper_id: identity.helperId,
    contact_id: crm.contactId,
    source_crm: contact.source_crm,
    full_name: `${contact.first_name} ${contact.last_name}`.trim(),
    first_name: contact.first_name,
    last_name: contact.last_name,
    email: contact.email,
    phone: contact.phone ?? '',
    company: contact.company ?? '',
    job_title: contact.job_title ?? '',
    ...(contact.created_at === undefined ? {} : { created_at: contact.created_at }),
    ...(contact.updated_at === undefined ? {} : { updated_at: contact.updated_at }),
    ...(tags === undefined ? {} : { tags, tag_count: tags.length }),
    ...(custom === undefined ? {} : { custom_fields: custom }),
  };
}

export const snapshotIt = defineHelper({
  type: 'snapshot_it',
  category: 'contact',
  title: 'Snapshot It',
  summary: 'Keeps the data of the contact as they are at this moment.',
  rules: [
    'The snapshot is stored with the account: snapshots can be listed by contact, read, compared with one another and deleted (`/helpers/snapshots`).',
    'It is removed by itself when its time is over.',
    'Custom fields are kept apart from the standard fields.',
    'A contact that cannot be read fails the run. A repeated delivery stores one snapshot.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { storeSnapshot: 'repeatable' },
  config,

  async run(context) {
    const { config: options, clock, crm, crypto, effect, identity, remember, snapshots } = context;
    // To the millisecond: what is taken within one second keeps its order.
    const taken = await remember('snapshot', async () => ({
      at: clock.now().getTime(),
      data: await snapshotOf(context),
    }));
    const id = crypto.sha256(`snapshot ${identity.executionId}`, 'hex').slice(0, 32);
    const { data } = taken;
    const keepUntil = new Date(clock.now().getTime() + options.keep_days * DAY_MS);
    await effect(
      { step: 'store', operation: 'storeSnapshot', target: crm.contactId, summary: 'Store a snapshot of the contact' },
      () => snapshots.store({ id, takenAt: new Date(taken.at), keepUntil, data }),
    );
    return {
      success: true,
      modifiedData: { id, ...data },
      actions: [{ type: 'snapshot_stored', target: crm.contactId, value: id }],
    };
  },
});
