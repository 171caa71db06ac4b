import type { MailBlock, MailContent, MailSurroundings } from './mail-content.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for the inside of an element or a quoted attribute. */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
const lines = (text: string): string => escaped(text).replaceAll(/\r?\n/g, '<br />');

/** Styles stand at the elements: many mail programs drop style sheets. */
const STYLE = {
  text: 'margin:0 0 16px;font-size:16px;line-height:1.5;color:#1e293b',
  note: 'margin:16px 0 0;font-size:13px;line-height:1.5;color:#64748b',
  code: 'margin:0 0 16px;padding:16px;font:700 28px/1.2 monospace;letter-spacing:6px;text-align:center;background:#f1f5f9;border-radius:8px;color:#0f172a',
  button:
    'display:inline-block;padding:12px 24px;font-size:16px;font-weight:600;color:#ffffff;background:#2563eb;border-radius:8px;text-decoration:none',
  name: 'padding:4px 16px 4px 0;font-size:14px;color:#64748b;vertical-align:top;white-space:nowrap',
  value: 'padding:4px 0;font-size:14px;color:#1e293b;overflow-wrap:anywhere',
} as const;

function blockHtml(block: MailBlock): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p style="${STYLE.text}">${lines(block.text)}</p>`;
    case 'note':
      return `<p style="${STYLE.note}">${lines(block.text)}</p>`;
    case 'code':
      return `<p style="${STYLE.code}">${escaped(block.text)}</p>`;
    case 'button':
      return `<p style="margin:0 0 16px"><a href="${escaped(block.url)}" style="${STYLE.button}">${escaped(block.label)}</a></p>`;
    case 'facts':
      return [
        '<table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 16px;border-collapse:collapse">',
        ...block.facts.map(
          ([name, value]) =>
            `  <tr><td style="${STYLE.name}">${escaped(name)}</td><td style="${STYLE.value}">${lines(value)}</td></tr>`,
        ),
        '</table>',
      ].join('\n');
  }
}

/** The mail as a page of its own that loads nothing from anywhere. */
export function renderHtml({ heading, subject, blocks }: MailContent, surroundings: MailSurroundings): string {
  const { productName, supportAddress, unsubscribeUrl, now } = surroundings;
  const unsubscribe =
    unsubscribeUrl === undefined
      ? ''
      : ` &middot; <a href="${escaped(unsubscribeUrl)}" style="color:#64748b">Unsubscribe</a>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light" />
<title>${escaped(subject)}</title>
</head>
<body style="margin:0;padding:24px 12px;background:#f8fafc;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
<div style="max-width:560px;margin:0 auto;padding:32px 24px;background:#ffffff;border-radius:12px">
<p style="margin:0 0 24px;font-size:14px;font-weight:600;color:#2563eb">${escaped(productName)}</p>
<h1 style="margin:0 0 16px;font-size:22px;line-height:1.3;color:#0f172a">${escaped(heading)}</h1>
${blocks.map(blockHtml).join('\n')}
</div>
<p style="max-width:560px;margin:16px auto 0;font-size:12px;line-height:1.5;text-align:center;color:#64748b">&copy; ${now.getUTCFullYear()} ${escaped(productName)} &middot; ${escaped(supportAddress)}${unsubscribe}</p>
</body>
</html>
`;
}
