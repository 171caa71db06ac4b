import type { ObjectStoreConfig } from './config.js';
import { FolderStore } from './folder-store.js';
import type { ObjectStore } from './object-store.js';

/** The store that the settings name. */
export const openObjectStore = (config: ObjectStoreConfig): ObjectStore => new FolderStore(config.MFH_OBJECTS_FOLDER);
