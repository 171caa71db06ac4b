import { contactField } from '../../_kit/crm/contact-fields.js';
import { HelperFailure } from '../../_kit/helper-failure.js';
import type { HelperResult } from '../../_kit/helper-result.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import type { RunContext } from '../../_kit/run-context.js';
import { fieldText } from '../../_kit/text/field-text.js';
import type { DropboxClient } from '../../_services/dropbox/dropbox-client.js';
import { applyTagTo } from '../apply-tag.js';
import { saveField } from '../save-field.js';
import { pathPart } from './path-part.js';

interface Config {
  parent_folder?: string | undefined;
  template_folder?: string | undefined;
  copy_template_files: boolean;
  share_with_contact: boolean;
  folder_url_field?: string | undefined;
  apply_tag?: string | undefined;
}

const trimmed = (folder: string): string => folder.replace(/\/+$/, '').replace(/^\/*(?=.)/, '/');

/** The folder above; the root is the empty text. */
const above = (folder: string): string => folder.slice(0, Math.max(0, folder.lastIndexOf('/')));

async function folderOf({ config, crm }: RunContext<Config>, field: string): Promise<string> {
  const own = contactField(await crm.contact(), field);
  const name = pathPart(fieldText(own === undefined ? await crm.readField(field) : own));
  if (name === '') throw new HelperFailure('missing_name', 'give_up', `Fill ${field}: it names the contact's folder.`);
  const parent = config.parent_folder ?? above(trimmed(config.template_folder ?? ''));
  return `${trimmed(parent)}/${name}`;
}

/** Makes the contact's folder, shares it and saves its link. A folder that is there stays as it is. */
export async function makeContactFolder(
  context: RunContext<Config>,
  dropbox: DropboxClient,
  field: string,
): Promise<HelperResult> {
  const { config, crm, remember } = context;
  const folder = await remember('folder', () => folderOf(context, field));
  const once = <T>(step: string, summary: string, work: () => Promise<T>): Promise<T> =>
    context.effect({ step, operation: 'http', target: folder, summary }, work);

  const template = trimmed(config.template_folder ?? '');
  if (template !== '' && config.copy_template_files) {
    await once('folder', 'Copy the template folder', () => dropbox.copyFolder(template, folder));
  } else {
    await once('folder', 'Make a folder', () => dropbox.createFolder(folder));
  }
  if (config.share_with_contact) {
    const { email } = await crm.contact();
    if (email === '')
      throw new HelperFailure('missing_email', 'give_up', 'The contact has no e-mail address to share with.');
    await once('share', 'Share the folder with the contact', () => dropbox.shareWith(folder, email));
  }
  const link =
    config.folder_url_field === undefined
      ? ''
      : await once('link', 'Share the folder by link', () => dropbox.sharedLink(folder));
  await saveField(context, config.folder_url_field, link);
  const writes = new PartialWrites(context);
  await applyTagTo(crm, writes, config.apply_tag);
  return {
    success: true,
    modifiedData: { folder_path: folder, folder_url: link },
    actions: [{ type: 'folder_created', target: folder, value: link }, ...writes.actions],
  };
}
