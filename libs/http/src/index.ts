export * from './http-message.js';
export * from './http-failure.js';
export * from './http-client.js';
export * from './redact.js';
export * from './retry-after.js';
