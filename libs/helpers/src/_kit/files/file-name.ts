const FALLBACK = 'attachment';
const LONGEST = 120;

/** A name that is only a name: no folders, no control characters, not hidden. */
export function plainFileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replace(/[\p{Cc}\p{Cf}<>:"|?*]+/gu, '_')
    .replace(/^[\s.]+/, '')
    .trim()
    .slice(-LONGEST);
  return plain === '' ? FALLBACK : plain;
}

/** The name that the path of a URL ends with. */
export function fileNameOfUrl(url: string): string {
  const path = URL.parse(url)?.pathname ?? '';
  const last = path.split('/').at(-1) ?? '';
  try {
    return plainFileName(decodeURIComponent(last));
  } catch {
    // A stray percent sign: the name as it stands.
    return plainFileName(last);
  }
}

/** Letters behind the last dot, in lower case; empty without one. */
export const extensionOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
