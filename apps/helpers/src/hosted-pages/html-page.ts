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

/** A value for a script element: JSON that cannot end the element. */
export const scriptJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', String.raw`\u003c`);

export interface HtmlPage {
  title: string;
  /** Markup. */
  body: string;
  style?: string;
  script?: string;
  status?: number;
  /** Further sources, by directive of the content security policy. */
  sources?: Readonly<Record<string, string>>;
}

const STYLE = `body{margin:0;min-height:100vh;display:flex;align-items:center;justify-content:center;
font-family:system-ui,sans-serif;background:#f8fafc;color:#0f172a}main{padding:2rem;max-width:42rem;text-align:center}
button,input[type=submit]{font:inherit;padding:.6rem 1.2rem;border:0;border-radius:.4rem;background:#2563eb;color:#fff}
p{line-height:1.5}`;

/**
 * A small page of its own: nothing is loaded from elsewhere unless it says so, and no script runs but its own.
 * Customers may frame it.
 */
export function htmlPage({ title, body, style = '', script, status = 200, sources = {} }: HtmlPage): Answer<string> {
  const nonce = randomBytes(16).toString('base64url');
  const policy = {
    'default-src': "'none'",
    'style-src': `'nonce-${nonce}'`,
    'script-src': `'nonce-${nonce}'`,
    'connect-src': "'self'",
    'form-action': "'self'",
    'base-uri': "'none'",
    'frame-ancestors': '*',
    ...sources,
  };
  const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <title>${escapeHtml(title)}</title>
    <link rel="icon" href="data:," />
    <style nonce="${nonce}">${STYLE}${style}</style>
  </head>
  <body>
    <main>${body}</main>${script === undefined ? '' : `\n    <script nonce="${nonce}">${script}</script>`}
  </body>
</html>
`;
  return answerWith(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': Object.entries(policy)
        .map(([directive, value]) => `${directive} ${value}`)
        .join('; '),
    },
  });
}

/** A page that says one thing. */
export const messagePage = (title: string, sentence: string, status = 200): Answer<string> =>
  htmlPage({ title, status, body: `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(sentence)}</p>` });
