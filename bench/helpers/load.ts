import { enableCompileCache } from 'node:module';
import { memoryUsage } from 'node:process';

/** Loads the catalogue in a fresh process and prints what that took. Run with `--expose-gc`. */
const collect = (): void => {
  if (globalThis.gc === undefined) throw new Error('Run this with --expose-gc');
  globalThis.gc();
};

// As every process of the product does.
enableCompileCache();
collect();
const before = memoryUsage();
const begun = performance.now();
const { helperCatalogue } = await import('#helpers');
const milliseconds = performance.now() - begun;
collect();
const after = memoryUsage();
process.stdout.write(
  JSON.stringify({
    milliseconds,
    types: helperCatalogue.size,
    heapBytes: after.heapUsed - before.heapUsed,
    rssBytes: after.rss - before.rss,
  }),
);
