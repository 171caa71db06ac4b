import { checkFileKind, checkSize } from '../../_kit/files/file-kind.js';
import { keepFile, linkToFile } from '../../_kit/files/keep-file.js';
import type { HelperResult } from '../../_kit/helper-result.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import type { RunContext } from '../../_kit/run-context.js';
import { givenFile, requestedFile } from './given-file.js';
import type { UploadItConfig } from './upload-it.config.js';

type Context = RunContext<UploadItConfig>;

const DAY_SECONDS = 24 * 60 * 60;

/** Offers the contact a page; what arrives there comes back as a run of its own, with the file in its request. */
export async function offerPage(context: Context): Promise<HelperResult> {
  const { config, crm, identity, links, remember } = context;
  const { save_link_to: field } = config;
  const url = await remember('page', () =>
    links.sign(
      'upload',
      {
        account_id: identity.accountId,
        helper_id: identity.helperId,
        ...(identity.contactId === undefined ? {} : { contact_id: identity.contactId }),
        title: config.page_title,
      },
      { expiresInSeconds: config.link_days * DAY_SECONDS },
    ),
  );
  const writes = new PartialWrites(context);
  if (field !== undefined) {
    const action = { type: 'field_updated', target: field, value: url };
    await writes.attempt(`${field} could not be written`, () => crm.writeField(field, url), action);
  }
  return writes.result({ upload_page_url: url });
}

/** Notes a file that has arrived: a link on the contact, then the goal. */
export async function recordUpload(context: Context): Promise<HelperResult> {
  const { config, crm, input, remember } = context;
  const { save_file_to: field, goal } = config;
  const kept = await remember('file', async () => {
    const file = await givenFile(context);
    checkFileKind(file, config.allowed_types);
    checkSize(file, config.max_size_mb);
    const stored = requestedFile(input)?.key;
    if (stored === undefined) return keepFile(context, file, config.link_days);
    const url = await linkToFile(context, { key: stored, name: file.name }, config.link_days);
    return { key: stored, name: file.name, size: file.bytes.byteLength, url };
  });
  const writes = new PartialWrites(context);
  if (field !== undefined) {
    const action = { type: 'field_updated', target: field, value: kept.url };
    await writes.attempt(`${field} could not be written`, () => crm.writeField(field, kept.url), action);
  }
  if (goal !== undefined) {
    const action = { type: 'goal_achieved', target: crm.contactId, value: goal };
    await writes.attempt(`Goal ${goal} could not be achieved`, () => crm.achieveGoal(goal), action);
  }
  const { key, name, size, url } = kept;
  return writes.result({ file_name: name, file_size: size, attachment_key: key, download_url: url });
}
