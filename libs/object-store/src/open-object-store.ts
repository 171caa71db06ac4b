import type { ObjectStoreConfig } from './config.js';
import { FolderStore } from './folder-store.js';
import type { ObjectStore } from './object-store.js';
import { S3Store } from './s3-store.js';

/** The store that the settings name: a bucket, or a folder without one. */
export function openObjectStore(config: ObjectStoreConfig): ObjectStore {
  const { MFH_OBJECTS_S3_URL: bucketUrl } = config;
  if (bucketUrl === undefined) return new FolderStore(config.MFH_OBJECTS_FOLDER);
  const { MFH_OBJECTS_S3_ACCESS_KEY_ID: accessKeyId, MFH_OBJECTS_S3_SECRET_ACCESS_KEY: secretAccessKey } = config;
  return new S3Store({
    bucketUrl,
    region: config.MFH_OBJECTS_S3_REGION,
    ...(accessKeyId !== undefined &&
      secretAccessKey !== undefined && { credentials: { accessKeyId, secretAccessKey } }),
  });
}
