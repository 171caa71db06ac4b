export { asyncApiDocument } from './asyncapi.js';
export { mergeOpenApi } from './merge-openapi.js';
