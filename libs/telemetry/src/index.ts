export * from './log-fields.js';
export * from './logger.js';
export * from './metrics.js';
export * from './propagation.js';
export * from './readiness.js';
export * from './redaction.js';
export * from './spans.js';
export { startTelemetry, stopTelemetry } from './telemetry-process.js';
export * from './trace-ids.js';
