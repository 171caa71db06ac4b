import { createHash } from 'node:crypto';

/**
 * The id of a child: a UUIDv7 with the time of its parent's id and random bits taken from parent and position, so
 * that starting the same children again makes the same ids.
 * @param parentId an execution id (`exec:` and a UUIDv7)
 * @param position for example `steps.0`
 */
export function derivedExecutionId(parentId: string, position: string): string {
  const time = parentId
    .replace(/^exec:/, '')
    .replaceAll('-', '')
    .slice(0, 12);
  const hash = createHash('sha256').update(`${parentId} ${position}`).digest('hex');
  const variant = ((Number.parseInt(hash.slice(3, 4), 16) & 0x3) | 0x8).toString(16);
  return `exec:${time.slice(0, 8)}-${time.slice(8, 12)}-7${hash.slice(0, 3)}-${variant}${hash.slice(4, 7)}-${hash.slice(7, 19)}`;
}
