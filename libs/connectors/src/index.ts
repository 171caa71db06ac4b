export * from './_kit/contact.js';
export * from './_kit/port.js';
export * from './_kit/connector-error.js';
