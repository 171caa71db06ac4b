import { parseArgs } from 'node:util';
import { MAIL_TEMPLATE_ALIASES, MAIL_TEMPLATE_IDS, mailTemplates, type MailTemplateId } from '#contracts';
import { renderMail, sampleVariables } from '#mail-templates';
import { OperatorError, say, UsageError, type Command } from '../command.js';
import { formatTable } from '../table.js';

const isTemplate = (name: string): name is MailTemplateId => MAIL_TEMPLATE_IDS.some((id) => id === name);

/** @throws OperatorError listing what there is */
function templateNamed(name: string): MailTemplateId {
  const id = MAIL_TEMPLATE_ALIASES[name] ?? name;
  if (isTemplate(id)) return id;
  throw new OperatorError(`There is no template ${name}. There are ${MAIL_TEMPLATE_IDS.join(', ')}.`);
}

export const mailTemplatesList: Command = {
  words: 'mail templates',
  usage: '',
  summary: 'Lists every mail that the product sends, with its variables.',
  run: () => {
    const rows = MAIL_TEMPLATE_IDS.map((id) => {
      const { category, variables, summary } = mailTemplates[id];
      return [id, category, Object.keys(variables.shape).join(' '), summary];
    });
    say(formatTable([['template', 'category', 'variables', 'sent when'], ...rows]));
    return Promise.resolve();
  },
};

export const mailPreview: Command = {
  words: 'mail preview',
  usage: 'TEMPLATE [--html] [--variables JSON]',
  summary: 'Writes a mail with made-up variables (or the given ones) as text, or with --html as HTML.',
  run: (args) => {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { html: { type: 'boolean', default: false }, variables: { type: 'string' } },
    });
    const [name, ...others] = positionals;
    if (name === undefined || others.length > 0) throw new UsageError('one template is needed');
    const id = templateNamed(name);
    const mail = renderMail(
      id,
      { ...sampleVariables[id], ...givenVariables(values.variables) },
      {
        productName: 'MyFusion Helper',
        appUrl: process.env['MFH_APP_URL'] ?? 'http://127.0.0.1:3000',
        helpUrl: 'https://help.example.com',
        supportAddress: 'support@example.com',
        recipient: 'ada@example.com',
        now: new Date(),
        ...(mailTemplates[id].category === 'optional' && { unsubscribeUrl: 'https://example.com/unsubscribe' }),
      },
    );
    say(values.html ? mail.html : `Subject: ${mail.subject}\n\n${mail.text}`);
    return Promise.resolve();
  },
};

function givenVariables(text: string | undefined): Record<string, unknown> {
  if (text === undefined) return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError('--variables must be a JSON object');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError('--variables must be a JSON object');
  }
  return value as Record<string, unknown>;
}
