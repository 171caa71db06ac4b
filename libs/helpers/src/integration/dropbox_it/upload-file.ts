import { contactTokens } from '../../_kit/crm/contact-tokens.js';
import type { HelperResult } from '../../_kit/helper-result.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import type { RunContext } from '../../_kit/run-context.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { mergeTokens, tokenNames } from '../../_kit/text/merge-tokens.js';
import type { DropboxClient } from '../../_services/dropbox/dropbox-client.js';
import { applyTagTo } from '../apply-tag.js';
import { saveField } from '../save-field.js';
import { pathPart } from './path-part.js';

interface Config {
  file_path?: string | undefined;
  content_template?: string | undefined;
  overwrite: boolean;
  save_link_to?: string | undefined;
  apply_tag?: string | undefined;
}

const SPELLINGS = ['double', 'single'] as const;

/** Fills path and text from the contact and uploads the file. */
export async function uploadFile(context: RunContext<Config>, dropbox: DropboxClient): Promise<HelperResult> {
  const { config, crm, remember } = context;
  const { file_path: path = '', content_template: template = '', overwrite } = config;
  const file = await remember('file', async () => {
    const lookup = await contactTokens(crm, tokenNames(`${path}\n${template}`, SPELLINGS));
    const filled = mergeTokens(path, (name) => pathPart(fieldText(lookup(name))), { spellings: SPELLINGS });
    return {
      path: filled.startsWith('/') ? filled : `/${filled}`,
      content: mergeTokens(template, lookup, { spellings: SPELLINGS }),
    };
  });
  const final = await context.effect(
    { step: 'upload', operation: 'http', target: file.path, summary: 'Upload a file to Dropbox' },
    () => dropbox.upload(file.path, file.content, overwrite),
  );
  const writes = new PartialWrites(context);
  let link = '';
  if (config.save_link_to !== undefined) {
    link = await context.effect(
      { step: 'link', operation: 'http', target: final, summary: 'Share the file by link' },
      () => dropbox.sharedLink(final),
    );
    await saveField(context, config.save_link_to, link);
  }
  await applyTagTo(crm, writes, config.apply_tag);
  return {
    success: true,
    modifiedData: {
      file_path: final,
      file_size: new TextEncoder().encode(file.content).length,
      overwrite,
      ...(link === '' ? {} : { file_url: link }),
    },
    actions: writes.actions,
  };
}
