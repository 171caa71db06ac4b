const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** How an inserted value is made harmless in the place where it lands. */
export const escapes = {
  text: (value: string) => value,
  /** One component: a path segment or a query value. */
  url: (value: string) => encodeURIComponent(value.toWellFormed()),
  html: (value: string) => value.replace(/[&<>"']/g, (character) => HTML[character] ?? character),
  /** Slack's three control characters. */
  slack: (value: string) => value.replace(/[&<>]/g, (character) => HTML[character] ?? character),
  /** One header line, whatever the value holds. */
  header: (value: string) => value.replace(/[\p{Cc}]+/gu, ' ').trim(),
} as const;

export type EscapeContext = keyof typeof escapes;
