/** A value as one part of a path: it can neither name another folder nor break the path. */
export function pathPart(value: string): string {
  const part = value
    .replace(/[/\\]/g, '_')
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
  return /^\.+$/.test(part) ? '_' : part;
}
