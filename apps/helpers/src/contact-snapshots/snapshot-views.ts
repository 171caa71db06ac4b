import { z } from 'zod';
import { defineList, listFields } from '#persistence';
import type { ContactSnapshotRecord } from './contact-snapshots.repository.js';

export const ContactSnapshotItem = z
  .object({
    snapshot_id: z.string(),
    contact_id: z.string(),
    helper_id: z.string(),
    execution_id: z.string(),
    connection_id: z.string().optional(),
    taken_at: z.iso.datetime(),
    expires_at: z.iso.datetime(),
  })
  .meta({ id: 'ContactSnapshotItem' });
export type ContactSnapshotItem = z.infer<typeof ContactSnapshotItem>;

export const ContactSnapshotView = ContactSnapshotItem.extend({ data: z.record(z.string(), z.unknown()) }).meta({
  id: 'ContactSnapshot',
});
export type ContactSnapshotView = z.infer<typeof ContactSnapshotView>;

const Tag = z.object({ id: z.string(), name: z.string() });

export const ContactSnapshotComparison = z
  .object({
    from: ContactSnapshotItem,
    to: ContactSnapshotItem,
    fields: z.array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() })),
    tags_added: z.array(Tag),
    tags_removed: z.array(Tag),
  })
  .meta({ id: 'ContactSnapshotComparison' });

export const CONTACT_SNAPSHOTS = defineList<ContactSnapshotRecord>({
  name: 'contact-snapshots',
  orders: { taken_at: ['taken_at'] },
  defaultOrder: '-taken_at',
});

export const ContactSnapshotQuery = z.object({
  contact_id: z.string().optional(),
  helper_id: z.string().optional(),
  ...listFields(CONTACT_SNAPSHOTS),
});
export type ContactSnapshotQuery = z.infer<typeof ContactSnapshotQuery>;

export function snapshotItem(record: ContactSnapshotRecord): ContactSnapshotItem {
  return {
    snapshot_id: record._id,
    contact_id: record.contact_id,
    helper_id: record.helper_id,
    execution_id: record.execution_id,
    ...(record.connection_id !== undefined && { connection_id: record.connection_id }),
    taken_at: record.taken_at.toISOString(),
    expires_at: record.expires_at.toISOString(),
  };
}

export const snapshotView = (record: ContactSnapshotRecord): ContactSnapshotView => ({
  ...snapshotItem(record),
  data: record.data,
});
