/**
 * A path pattern of a fault rule: `*` stands for any characters, everything else for itself, and the whole path
 * must match.
 */
export function pathPattern(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[$()+.?[\\\]^{|}]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`);
}
