import type { MailBlock, MailContent, MailSurroundings } from './mail-content.js';

function blockText(block: MailBlock): string {
  switch (block.kind) {
    case 'paragraph':
    case 'note':
      return block.text;
    case 'code':
      return `    ${block.text}`;
    case 'button':
      return `${block.label}:\n${block.url}`;
    case 'facts':
      return block.facts.map(([name, value]) => `${name}: ${value}`).join('\n');
  }
}

/** The same mail for programs that show no HTML. */
export function renderText({ heading, blocks }: MailContent, surroundings: MailSurroundings): string {
  const { productName, supportAddress, unsubscribeUrl, now } = surroundings;
  const footer = [
    '--',
    `${now.getUTCFullYear()} ${productName}, ${supportAddress}`,
    ...(unsubscribeUrl === undefined ? [] : [`Unsubscribe: ${unsubscribeUrl}`]),
  ].join('\n');
  return `${[heading, ...blocks.map(blockText), footer].join('\n\n')}\n`;
}
