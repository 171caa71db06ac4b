import { z } from 'zod';

/** Where files of accounts are kept. */
export const ObjectStoreConfig = z
  .object({
    MFH_OBJECTS_FOLDER: z
      .string()
      .default('.data/objects')
      .describe('Folder for the files of accounts, shared by all processes; not used with a bucket'),
    MFH_OBJECTS_S3_URL: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('Bucket for the files of accounts, as https://s3.eu-central-1.amazonaws.com/bucket'),
    MFH_OBJECTS_S3_REGION: z.string().default('us-east-1').describe('Region of the bucket'),
    MFH_OBJECTS_S3_ACCESS_KEY_ID: z.string().optional().describe('Access key for the bucket'),
    MFH_OBJECTS_S3_SECRET_ACCESS_KEY: z.string().optional().describe('Secret of the access key'),
  })
  .superRefine((config, context) => {
    if (config.MFH_OBJECTS_S3_URL === undefined) return;
    for (const name of ['MFH_OBJECTS_S3_ACCESS_KEY_ID', 'MFH_OBJECTS_S3_SECRET_ACCESS_KEY'] as const) {
      if (config[name] === undefined)
        context.addIssue({ code: 'custom', path: [name], message: 'needed for a bucket' });
    }
  });
export type ObjectStoreConfig = z.infer<typeof ObjectStoreConfig>;
