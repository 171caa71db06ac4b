import { ObjectStoreConfig } from '../config.js';

export const objectStoreConfig = (settings: Record<string, string>): ObjectStoreConfig =>
  ObjectStoreConfig.parse(settings);
