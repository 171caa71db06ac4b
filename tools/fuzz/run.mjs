import { runOnOwnServers } from '../bootstrap/own-servers.mjs';
import { preparedSchemathesis } from './schemathesis.mjs';

/** `npm run fuzz -- [--examples N] [--role R] [--path P] [--seed N]`: the whole API, on servers of its own. */
await runOnOwnServers('tools/fuzz/src/main.js', async (projectRoot) => ({
  FUZZ_SCHEMATHESIS: await preparedSchemathesis(projectRoot, (sentence) => console.error(sentence)),
}));
