export * from './config.js';
export * from './object-key.js';
export * from './object-store.js';
export * from './open-object-store.js';
