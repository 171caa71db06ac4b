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
      .refine((url) => bucketOf(url).bucket !== '', 'needs the bucket as its path')
      .optional()
      .describe('Bucket for the files of accounts, as https://s3.eu-central-1.amazonaws.com/bucket'),
    MFH_OBJECTS_S3_REGION: z.string().default('us-east-1').describe('Region of the bucket'),
    MFH_OBJECTS_S3_ACCESS_KEY_ID: z
      .string()
      .optional()
      .describe('Access key for the bucket; without one, what the machine or pod is given (its role)'),
    MFH_OBJECTS_S3_SECRET_ACCESS_KEY: z.string().optional().describe('Secret of the access key'),
  })
  .superRefine((config, context) => {
    const pair = ['MFH_OBJECTS_S3_ACCESS_KEY_ID', 'MFH_OBJECTS_S3_SECRET_ACCESS_KEY'] as const;
    const missing = pair.filter((name) => config[name] === undefined);
    if (missing.length !== 1) return;
    context.addIssue({ code: 'custom', path: missing, message: 'needed beside the other half of the access key' });
  });
export type ObjectStoreConfig = z.infer<typeof ObjectStoreConfig>;

/** The parts of a bucket's address: `https://host/bucket/prefix`. */
export function bucketOf(url: string): { endpoint: string; bucket: string; prefix: string } {
  const { origin, pathname } = new URL(url);
  const [bucket = '', ...prefix] = pathname.split('/').filter((segment) => segment !== '');
  return { endpoint: origin, bucket, prefix: prefix.map((segment) => `${segment}/`).join('') };
}
