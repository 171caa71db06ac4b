import { mergeContact } from '../../_kit/crm/merge-contact.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { checkFileKind } from '../../_kit/files/file-kind.js';
import { downloadFile } from '../../_kit/files/download-file.js';
import { keepFile } from '../../_kit/files/keep-file.js';
import type { HelperResult } from '../../_kit/helper-result.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import type { RunContext } from '../../_kit/run-context.js';
import { attachForwarded } from './attach-forwarded.js';
import { emailAttachItConfig, type EmailAttachItConfig } from './email-attach-it.config.js';

const MIB = 1024 * 1024;

async function attachDownload(context: RunContext<EmailAttachItConfig>): Promise<HelperResult> {
  const { config, crm, http, remember } = context;
  const { filename, save_url_to: field, goal_name: goal } = config;
  const template = config.file_url ?? '';
  const kept = await remember('file', async () => {
    const url = template.includes('{{') ? await mergeContact(crm, template, { context: 'url' }) : template;
    const name = filename === undefined ? {} : { name: filename };
    const file = await downloadFile(http, { url, maxMib: config.max_size_mb, ...name });
    checkFileKind(file, config.allowed_types);
    return { source: url, ...(await keepFile(context, file, config.link_days)) };
  });
  const writes = new PartialWrites(context);
  if (field !== undefined) {
    const action = { type: 'field_updated', target: field, value: kept.url };
    await writes.attempt(`${field} could not be written`, () => crm.writeField(field, kept.url), action);
  }
  if (config.add_note) {
    const note = async (): Promise<void> => {
      await crm.createNote({ title: kept.name, body: kept.url, type: 'general' });
    };
    await writes.attempt('No note could be added', note, {
      type: 'note_created',
      target: crm.contactId,
      value: kept.name,
    });
  }
  if (goal !== undefined) {
    const action = { type: 'goal_achieved', target: crm.contactId, value: goal };
    await writes.attempt(`Goal ${goal} could not be achieved`, () => crm.achieveGoal(goal), action);
  }
  const result = writes.result({
    file_url: kept.source,
    filename: kept.name,
    file_size: kept.size,
    size_mb: kept.size / MIB,
    attachment_key: kept.key,
    download_url: kept.url,
  });
  const stored = { type: 'file_stored', target: kept.name, value: kept.key };
  return { ...result, actions: [stored, ...writes.actions] };
}

export const emailAttachIt = defineHelper({
  type: 'email_attach_it',
  category: 'integration',
  title: 'Email Attach It',
  summary: 'Keeps a file, or mail that was forwarded, with the contact.',
  rules: [
    'download: fetches the file from a public address and keeps it for the account; programs, and files over `max_size_mb`, are refused. The signed link can go to a field or a note.',
    'The name is `filename`, else the last part of the path; folders and control characters in it are dropped.',
    'forwarded: takes mail from the request (`email` with from, subject, text, spf, dkim and attachments). Only listed senders whose mail passed SPF or DKIM are heard; the message becomes a note on every contact it was from or to.',
    'The goal is achieved for each contact that something was attached to.',
  ],
  requiresCrm: false,
  requiresContact: false,
  platforms: [],
  services: [],
  effects: {
    storeFile: 'repeatable',
    setContactFieldValue: 'repeatable',
    createNote: { inDoubt: 'ask' },
    achieveGoal: { inDoubt: 'ask' },
  },
  aliases: { authorizedSenders: 'authorized_senders', goalName: 'goal_name' },
  reshape: (config) =>
    config['mode'] === undefined && config['file_url'] === undefined && config['authorized_senders'] !== undefined
      ? { ...config, mode: 'forwarded' }
      : config,
  config: emailAttachItConfig,

  async run(context) {
    return context.config.mode === 'forwarded' ? attachForwarded(context) : attachDownload(context);
  },
});
