import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Ends processes that a killed supervisor left behind.
 * Only a process whose command line still names our data folder is ended: the number alone may have been reused.
 * @param leftovers `{name, pid}` as recorded by the former owner
 */
export async function endLeftovers(leftovers, dataDir, say) {
  const ours = leftovers.filter(({ pid }) => commandLine(pid).includes(dataDir));
  if (ours.length === 0) return;
  say(`Ending what the last start left behind: ${ours.map(({ name }) => name).join(', ')}.`);
  for (const { pid } of ours) signal(pid, 'SIGTERM');
  const deadline = Date.now() + 10_000;
  while (ours.some(({ pid }) => commandLine(pid).includes(dataDir))) {
    if (Date.now() > deadline) for (const { pid } of ours) signal(pid, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function commandLine(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    // No such process, or a system without /proc.
    return process.platform === 'linux' ? '' : (spawnSync('ps', ['-o', 'command=', '-p', pid]).stdout ?? '').toString();
  }
}
