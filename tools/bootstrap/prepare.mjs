import { localConfig } from '../../deploy/local/config.mjs';
import { buildProject } from './build.mjs';
import { findNode24 } from './node24.mjs';
import { installPackages } from './packages.mjs';
import { PlainError } from './plain-error.mjs';
import { resolveServers } from './servers.mjs';
import { findStandIns } from './stand-ins.mjs';

const OLDEST_NODE = 20;

/**
 * Brings a fresh clone to the point where its code can run: packages, Node 24, compiled sources.
 * What is there already is left alone, so that later runs cost a fraction of a second.
 * @param options `build` (true), `servers` (false: neither the servers nor the stand-ins of vendors are looked for), `log` (one sentence a step)
 * @returns `{projectRoot, node}`: folder and path of a Node 24
 */
export async function prepareProject({ build = true, servers = false, log = console.log } = {}) {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
    throw new PlainError(
      `Node.js ${OLDEST_NODE} or later is needed (this is ${process.version}): install it and try again.`,
    );
  }
  const { projectRoot, serversDir } = localConfig();
  await Promise.all([
    installPackages(projectRoot, log),
    servers ? resolveServers({ cacheDir: serversDir, log }) : undefined,
    servers ? findStandIns({ cacheDir: serversDir, log }) : undefined,
  ]);
  const node = await findNode24(projectRoot, serversDir, log);
  if (build) buildProject(projectRoot, node, log);
  return { projectRoot, node };
}
