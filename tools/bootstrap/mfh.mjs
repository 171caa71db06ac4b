import { runUnder } from './node24.mjs';
import { report } from './plain-error.mjs';
import { prepareProject } from './prepare.mjs';

/** `npm run mfh -- <command>`: the operators' command line, built first when its sources changed. */
try {
  const { node } = await prepareProject({ log: (sentence) => console.error(sentence) });
  process.exitCode = await runUnder(node, ['dist/tools/mfh/src/main.js', ...process.argv.slice(2)]);
} catch (error) {
  process.exitCode = report(error);
}
