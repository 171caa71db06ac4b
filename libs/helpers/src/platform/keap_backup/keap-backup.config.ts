import { z } from 'zod';
import { choice, text } from '../../_kit/config/options.js';

export const DATA_TYPES = [
  'contacts',
  'companies',
  'notes',
  'automations',
  'tags',
  'campaigns',
  'payment_methods',
  'custom_fields',
] as const;
export type DataType = (typeof DATA_TYPES)[number];

/** Where all backups lie. */
export const OWN_STORE = 'internal';

export const keapBackupConfig = z.object({
  data_types: z.array(choice(DATA_TYPES, 'Kind of records')).min(1).meta({ description: 'What to export' }),
  s3_bucket: text("Kept for older configurations: files always go to the account's own store").meta({
    default: OWN_STORE,
  }),
  s3_prefix: text("Kept for older configurations: the account's own folder is always used").optional(),
  page_size: z.int().min(1).max(1000).meta({ description: 'Records in a file, 1 to 1000' }).default(1000),
});
export type KeapBackupConfig = z.output<typeof keapBackupConfig>;
