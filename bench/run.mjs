import { runOnOwnServers } from '../tools/bootstrap/own-servers.mjs';

/** `npm run bench -- [--json] [--seconds N] [--no-telemetry]`: on servers of its own, removed afterwards. */
await runOnOwnServers('bench/executions/main.js');
