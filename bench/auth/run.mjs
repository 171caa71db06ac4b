import { runOnOwnServers } from '../own-servers.mjs';

/** `npm run bench:auth -- [--json] [--seconds N]`: what proving who one is costs, on servers of its own. */
await runOnOwnServers('auth/main.js');
