import { randomBytes } from 'node:crypto';
import { answerWith, type Answer } from '#service-defaults';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for the inside of an element or a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const STYLE = `body{margin:0;font-family:system-ui,sans-serif;background:#f8fafc;color:#0f172a}
main{max-width:56rem;margin:0 auto;padding:2rem 1rem}table{width:100%;border-collapse:collapse;background:#fff}
th,td{padding:.5rem .75rem;border-bottom:1px solid #e2e8f0;text-align:left;font-size:.9rem;overflow-wrap:anywhere}
pre{padding:1rem;background:#fff;white-space:pre-wrap;overflow-wrap:anywhere}
button{font:inherit;padding:.6rem 1.2rem;border:0;border-radius:.4rem;background:#2563eb;color:#fff}`;

/** A page of ours: no script, and nothing from elsewhere. */
export function htmlPage(title: string, body: string, status = 200): Answer<string> {
  const nonce = randomBytes(16).toString('base64url');
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="robots" content="noindex" />
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:," />
<style nonce="${nonce}">${STYLE}</style>
</head>
<body><main><h1>${escapeHtml(title)}</h1>${body}</main></body>
</html>
`;
  return htmlAnswer(
    html,
    `default-src 'none'; style-src 'nonce-${nonce}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    status,
  );
}

/** Markup that may do no more than its policy says. */
export const htmlAnswer = (html: string, policy: string, status = 200): Answer<string> =>
  answerWith(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-store',
    },
  });
