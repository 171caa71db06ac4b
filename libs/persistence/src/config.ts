import { z } from 'zod';

/** Key that signs cursors where none is configured; a cursor protects no secret, so a local default is safe. */
const LOCAL_CURSOR_KEY = 'local-cursor-key-not-for-production';

/** What a service needs to reach its database. Times are milliseconds. */
export const PersistenceConfig = z
  .object({
    MFH_MODE: z.enum(['production', 'development', 'test']).default('development').describe('What the process is for'),
    MFH_MONGO_URL: z
      .string()
      .startsWith('mongodb')
      .default('mongodb://127.0.0.1:27117/?replicaSet=mfh')
      .describe('MongoDB, a replica set'),
    MFH_DATABASE_PREFIX: z
      .string()
      .regex(/^[a-z0-9_]*$/i)
      .default('mfh_')
      .describe('Begins the name of every database'),
    MFH_MONGO_POOL: z.coerce.number().int().min(2).max(500).default(40).describe('Most connections to MongoDB'),
    MFH_INDEXES: z
      .enum(['create', 'verify'])
      .optional()
      .describe('`create` makes missing indexes at start, `verify` (production) refuses to start without them'),
    MFH_CURSOR_KEY: z.string().min(16).default(LOCAL_CURSOR_KEY).describe('Signs the cursors of lists'),
  })
  .superRefine((config, context) => {
    if (config.MFH_MODE === 'production' && config.MFH_CURSOR_KEY === LOCAL_CURSOR_KEY) {
      context.addIssue({ code: 'custom', path: ['MFH_CURSOR_KEY'], message: 'must be set in production' });
    }
  });
export type PersistenceConfig = z.infer<typeof PersistenceConfig>;

/** Database of a service: one each, so that no service can read another's collections by accident. */
export const databaseName = (prefix: string, service: string): string => `${prefix}${service.replaceAll('-', '_')}`;

export const indexMode = (config: PersistenceConfig): 'create' | 'verify' =>
  config.MFH_INDEXES ?? (config.MFH_MODE === 'production' ? 'verify' : 'create');
