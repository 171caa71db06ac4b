import { runOnOwnServers } from '../../tools/bootstrap/own-servers.mjs';

/** `npm run bench:auth -- [--json] [--seconds N]`: what proving who one is costs, on servers of its own. */
await runOnOwnServers('bench/auth/main.js');
