import { deviceLabel } from './device-label.js';
import { networkOf } from './network-of.js';

/** Where a session was opened or last refreshed from. */
export interface SessionPlace {
  device_label: string;
  ip: string;
  rotated_ip?: string;
}

/** Whether one of these sessions was on such a device in the same network. */
export function isKnownPlace(
  sessions: readonly SessionPlace[],
  { ip, userAgent }: { ip: string; userAgent: string },
): boolean {
  const [label, network] = [deviceLabel(userAgent), networkOf(ip)];
  return sessions.some(
    (session) =>
      session.device_label === label &&
      [session.ip, session.rotated_ip].some((seen) => seen !== undefined && networkOf(seen) === network),
  );
}
