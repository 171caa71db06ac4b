import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { disputedCases } from '#helper-testing';
import { runFiles, type VectorOptions } from './run-files.js';

const USAGE = 'Usage: npm run vectors -- [--type TYPE] [--known-types] FILE...';

function readOptions(args: string[]): VectorOptions {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { type: { type: 'string' }, 'known-types': { type: 'boolean', default: false } },
  });
  if (positionals.length === 0) throw new Error('No vector file was named.');
  return {
    files: positionals.map((file) => resolve(process.env['INIT_CWD'] ?? '.', file)),
    knownTypes: values['known-types'],
    disputed: disputedCases(process.cwd()),
    ...(values.type === undefined ? {} : { type: values.type }),
  };
}

/** `npm run vectors`: exit 0 when every case holds, 1 when one does not, 2 when nothing could be run. */
async function main(): Promise<number> {
  try {
    const { passed, failed, disputed } = await runFiles(readOptions(process.argv.slice(2)), (line) =>
      console.log(line),
    );
    console.log(`${passed} passed, ${failed} failed${disputed === 0 ? '' : `, ${disputed} disputed`}`);
    return failed === 0 ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    console.error(USAGE);
    return 2;
  }
}

process.exitCode = await main();
