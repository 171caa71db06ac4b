/**
 * Points at which tests kill the process as if the machine had died. `MFH_FAIL_POINT=<name>[:<nth>]` names one; it has
 * no effect in production mode.
 */
const [chosen = '', nth = '1'] = (
  process.env['MFH_MODE'] === 'production' ? '' : (process.env['MFH_FAIL_POINT'] ?? '')
).split(':');
let remaining = Number(nth);

/** Ends the process at once, without any cleaning up, when this point is the chosen one. */
export function failPoint(name: string): void {
  if (name !== chosen) return;
  remaining -= 1;
  if (remaining <= 0) process.kill(process.pid, 'SIGKILL');
}
