/**
 * What a signed URL leads to, and the claims its page reads:
 * - `timer`: `expires_at` (Unix seconds), `bg_color`, `digit_color`, `label_color`, `transparent_bg`
 * - `redirect`: `url`, the http or https target
 * - `video`: `account_id`, `helper_id`, `contact_id`, `video_id` (id or address), and of choice `video_source`,
 *   `video_title`, `autoplay`, `show_controls`, `custom_percent`. The helper runs with the input `percent`,
 *   `watch_duration`, `event_type`, `video_id`.
 * - `upload`: `account_id`, `helper_id`, `contact_id`, `title`. The helper runs with the input `file_key`, `file_name`,
 *   `content_type`, `file_size`.
 * - `page` with `page: 'opt_in'`: `account_id`, `helper_id`, `contact_id`, `request`, `email`. The helper runs with the
 *   input `opt_in_confirmation` of `request`, `confirmed_at`, `source`.
 * - `attachment`: `account_id`, `key` of the file, `name`
 */
export const LINK_KINDS = ['timer', 'redirect', 'page', 'video', 'upload', 'attachment'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** Path of a kind's URL. Posts of a page (`/events`, `/files`) go below the path of the page. */
export function linkPath(kind: LinkKind, token: string): string {
  if (kind === 'timer') return `/timer?t=${token}`;
  return kind === 'redirect' ? `/t/${token}/go` : `/t/${token}`;
}
