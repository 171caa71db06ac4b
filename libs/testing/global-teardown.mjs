import { rmSync } from 'node:fs';

/** Stops what the set-up started. The data goes with it, so nothing needs an orderly end. */
export default async function globalTeardown() {
  const { folder, servers } = globalThis.startedTestServers;
  await Promise.all(servers.map((server) => server.stop('SIGKILL')));
  rmSync(folder, { recursive: true, force: true });
}
