/**
 * Loaded before everything else: `node --import ./dist/libs/telemetry/src/register.js dist/apps/<service>/src/main.js`.
 * The ESM loader hook of OpenTelemetry is left out on purpose: it doubles start time and memory, and undici, mongoose
 * and our own spans do not need it.
 */
import { enableCompileCache } from 'node:module';
import { startTelemetry } from './telemetry-process.js';

// Hundreds of small files are compiled at every start; where the folder for it can be written, only at the first.
enableCompileCache();

await startTelemetry();
