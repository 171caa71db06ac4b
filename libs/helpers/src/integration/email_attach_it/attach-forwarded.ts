import type { ContactCrm } from '../../_kit/crm/contact-crm.js';
import { base64Bytes } from '../../_kit/files/base64-bytes.js';
import { checkFileKind } from '../../_kit/files/file-kind.js';
import { plainFileName } from '../../_kit/files/file-name.js';
import { keepFile, type KeptFile } from '../../_kit/files/keep-file.js';
import { HelperFailure } from '../../_kit/helper-failure.js';
import type { HelperResult } from '../../_kit/helper-result.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import type { RunContext } from '../../_kit/run-context.js';
import type { EmailAttachItConfig } from './email-attach-it.config.js';
import { checkedSender, correspondents, forwardedMail, type ForwardedMail } from './forwarded-mail.js';

type Context = RunContext<EmailAttachItConfig>;

const MOST_CONTACTS = 10;

/** The contacts whose addresses the message names; one address may belong to several. */
async function contactsOf({ crm }: Context, addresses: readonly string[]): Promise<string[]> {
  const ids = new Set<string>();
  for (const email of addresses.slice(0, MOST_CONTACTS)) {
    const { contacts } = await crm.getContacts({ email, limit: MOST_CONTACTS });
    for (const { id } of contacts) ids.add(id);
  }
  return [...ids].slice(0, MOST_CONTACTS);
}

async function keptAttachments(context: Context, { attachments }: ForwardedMail): Promise<KeptFile[]> {
  const kept: KeptFile[] = [];
  for (const [index, { name, content_type: contentType, content_base64: content }] of attachments.entries()) {
    const file = { name: `${index + 1}-${plainFileName(name)}`, contentType, bytes: base64Bytes(content) };
    try {
      checkFileKind(file, context.config.allowed_types);
    } catch (error) {
      if (!(error instanceof HelperFailure)) throw error;
      context.warn(error.message);
      continue;
    }
    kept.push(await keepFile(context, file, context.config.link_days));
  }
  return kept;
}

async function record(context: Context, crm: ContactCrm, body: string, title: string, writes: PartialWrites) {
  const { goal_name: goal } = context.config;
  const { contactId } = crm;
  const note = async (): Promise<void> => {
    await crm.createNote({ title, body, type: 'email' });
  };
  const done = { type: 'note_created', target: contactId, value: title };
  const noted = await writes.attempt(`No note could be added to ${contactId}`, note, done);
  if (!noted || goal === undefined) return;
  const action = { type: 'goal_achieved', target: contactId, value: goal };
  await writes.attempt(`Goal ${goal} could not be achieved`, () => crm.achieveGoal(goal), action);
}

/** Notes mail that somebody forwarded on the contacts it was from or to. */
export async function attachForwarded(context: Context): Promise<HelperResult> {
  const { config, crm, input, remember } = context;
  const mail = forwardedMail(input);
  const sender = checkedSender(mail, config.authorized_senders);
  const addresses = correspondents(mail, config.authorized_senders);
  // Remembered: notes are counted, so a second delivery must go through the same contacts.
  const contacts = await remember('contacts', () => contactsOf(context, addresses));
  if (contacts.length === 0) {
    throw new HelperFailure('contact_not_found', 'give_up', 'No contact has an address of the forwarded message.');
  }
  const kept = await remember('attachments', () => keptAttachments(context, mail));
  const title = mail.subject === '' ? 'Forwarded mail' : mail.subject;
  const links = kept.map(({ name, url }) => `${name}: ${url}`);
  const body = [`Forwarded by ${sender}`, '', mail.text, ...(links.length > 0 ? ['', ...links] : [])].join('\n');
  const writes = new PartialWrites(context);
  for (const id of contacts) await record(context, crm.forContact(id), body, title, writes);
  return writes.result({
    sender,
    subject: title,
    contact_ids: contacts,
    attachments: kept.map(({ key, name, size }) => ({ attachment_key: key, filename: name, file_size: size })),
  });
}
