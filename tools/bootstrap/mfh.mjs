import { mkdirSync } from 'node:fs';
import { localConfig, serverUrls, serviceEnvironment } from '../../deploy/local/config.mjs';
import { localSecrets } from '../../deploy/local/secrets.mjs';
import { runUnder } from './node24.mjs';
import { report } from './plain-error.mjs';
import { prepareProject } from './prepare.mjs';

/**
 * `npm run mfh -- <command>`: the operators' command line against the local system (or the one that the
 * environment names), built first when its sources changed.
 */
try {
  const { node } = await prepareProject({ log: (sentence) => console.error(sentence) });
  const config = localConfig();
  mkdirSync(config.dataDir, { recursive: true });
  const env = serviceEnvironment(config, { ...serverUrls(config), secrets: localSecrets(config.dataDir) });
  process.exitCode = await runUnder(node, ['dist/tools/mfh/src/main.js', ...process.argv.slice(2)], env);
} catch (error) {
  process.exitCode = report(error);
}
