import { text } from '../_kit/config/options.js';
import { resolveTags } from '../_kit/crm/resolve-tags.js';
import type { ContactCrm } from '../_kit/crm/contact-crm.js';
import type { HelperAction } from '../_kit/helper-result.js';
import type { PartialWrites } from '../_kit/partial-writes.js';

/** A tag for contacts with whom everything went well. */
export const applyTagOption = text('Tag, by id or name, applied when everything else succeeded').optional();

/** Applies a tag given by id or by name; a refusal is a warning. Nothing happens without a tag. */
export async function applyTagTo(crm: ContactCrm, writes: PartialWrites, tag: string | undefined): Promise<void> {
  if (tag === undefined) return;
  const action: HelperAction = { type: 'tag_applied', target: crm.contactId, value: tag };
  await writes.attempt(
    `Tag ${tag} could not be applied`,
    async () => {
      for (const { tag: id } of await resolveTags(crm, [tag])) await crm.applyTag(id);
    },
    action,
  );
}
