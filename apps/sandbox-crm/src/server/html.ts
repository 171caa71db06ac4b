import type { FastifyReply } from 'fastify';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text: string): string {
  return text.replaceAll(/["&'<>]/g, (character) => ENTITIES[character] ?? character);
}

/** Where the one style sheet and the one script of all pages are. */
export const ASSETS = { style: '/assets/page.css', script: '/assets/page.js' } as const;

const PLACES: readonly [path: string, name: string][] = [
  ['/', 'Contacts'],
  ['/tags', 'Tags'],
  ['/connect', 'Connect'],
];

/** A whole page around a body that is already HTML. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} · Sandbox CRM</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${ASSETS.style}">
<script type="module" src="${ASSETS.script}"></script>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header><p class="brand">Sandbox CRM</p>
<nav aria-label="Pages"><ul>${PLACES.map(([path, name]) => `<li><a href="${path}">${name}</a></li>`).join('')}</ul></nav>
</header>
<main id="content" tabindex="-1">
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`;
}

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'";

export interface PageOptions {
  status?: number;
  /** A form of the page leads to another site in the end, as the consent to an OAuth client does. */
  leavesSite?: boolean;
}

/** Sends a page: nothing runs in it and nothing is loaded but what this server has. */
export function sendPage(reply: FastifyReply, html: string, options: PageOptions = {}): FastifyReply {
  const { status = 200, leavesSite = false } = options;
  return reply
    .code(status)
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': leavesSite ? POLICY : `${POLICY}; form-action 'self'`,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
    })
    .send(html);
}
