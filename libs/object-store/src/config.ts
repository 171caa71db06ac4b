import { z } from 'zod';

/** Where files of accounts are kept. */
export const ObjectStoreConfig = z.object({
  MFH_OBJECTS_FOLDER: z
    .string()
    .default('.data/objects')
    .describe('Folder for the files of accounts; shared by all processes that use it'),
});
export type ObjectStoreConfig = z.infer<typeof ObjectStoreConfig>;
