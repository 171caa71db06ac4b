import { runChecks } from './checks.mjs';
import { report } from './plain-error.mjs';
import { prepareProject } from './prepare.mjs';

/** `npm run check [-- NAME ...]`: types, lint, format, boundaries, dead exports; all, or the named ones. */
try {
  const { projectRoot, node } = await prepareProject({ build: false });
  const { failed } = await runChecks(projectRoot, node, process.argv.slice(2));
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  process.exitCode = report(error);
}
