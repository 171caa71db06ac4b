/** What a signed URL leads to. */
export const LINK_KINDS = ['timer', 'redirect', 'page', 'video', 'upload', 'attachment'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** Path of a kind's URL. Posts of a page (`/events`, `/files`) go below the path of the page. */
export function linkPath(kind: LinkKind, token: string): string {
  if (kind === 'timer') return `/timer?t=${token}`;
  return kind === 'redirect' ? `/t/${token}/go` : `/t/${token}`;
}
