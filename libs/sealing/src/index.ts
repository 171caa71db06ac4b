export { rewrapDocument } from './rewrap-document.js';
export type { RewrappedText } from './rewrap-document.js';
export { isSealed } from './sealed-text.js';
export type { SealedText } from './sealed-text.js';
export { SealBroken, Sealer } from './sealer.js';
export { keyList, SealingConfig } from './sealing-config.js';
export type { KeyEncryptionKey } from './sealing-config.js';
export { SealingModule, sealerFromEnvironment } from './sealing.module.js';
