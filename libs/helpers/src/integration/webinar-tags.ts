import { z } from 'zod';
import { flag, text } from '../_kit/config/options.js';
import type { ContactCrm } from '../_kit/crm/contact-crm.js';
import { HelperFailure } from '../_kit/helper-failure.js';
import type { HelperResult } from '../_kit/helper-result.js';
import { PartialWrites } from '../_kit/partial-writes.js';
import type { RunContext } from '../_kit/run-context.js';
import { externalId } from './external-id.js';

/** Options of the types that tag people by what they did in a webinar. */
export const webinarTagOptions = {
  webinar_id: externalId('Id of the webinar, when the request names none').optional(),
  tag_prefix: text('Text before each tag name').default('Webinar'),
  custom_tags: z.array(z.string()).meta({ description: 'Further tags, by name or id' }).default([]),
  create_missing: flag('Create tags that do not exist yet').default(false),
};

interface Config {
  custom_tags: string[];
  create_missing: boolean;
}

const normalized = (name: string): string => name.trim().toLowerCase();

/** Finds the id of a tag; names match in any letter case, and of equal names the last listed counts. */
async function tagFinder(
  crm: ContactCrm,
  createMissing: boolean,
): Promise<(tag: string) => Promise<string | undefined>> {
  const tags = await crm.getTags();
  const ids = new Set(tags.map(({ id }) => id));
  const byName = new Map(tags.map(({ id, name }) => [normalized(name), id]));
  return async (tag) => {
    const known = byName.get(normalized(tag)) ?? (ids.has(tag) ? tag : undefined);
    return known ?? (createMissing ? (await crm.createTag({ name: tag })).id : undefined);
  };
}

/**
 * Applies tags by name, then the configured ones. A tag that does not exist is a warning; when none of them exists
 * the run fails.
 */
export async function applyWebinarTags(
  context: RunContext<Config>,
  names: readonly string[],
  modifiedData: Record<string, unknown>,
): Promise<HelperResult> {
  const { config, crm } = context;
  const wanted = [...names, ...config.custom_tags].filter((name) => name.trim() !== '');
  const find = await tagFinder(crm, config.create_missing);
  const writes = new PartialWrites(context);
  const missing: string[] = [];
  for (const name of wanted) {
    const tag = await find(name);
    if (tag === undefined) {
      missing.push(name);
      context.warn(`The CRM has no tag "${name}".`);
      continue;
    }
    await writes.attempt(`Tag ${name} could not be applied`, () => crm.applyTag(tag), {
      type: 'tag_applied',
      target: crm.contactId,
      value: name,
    });
  }
  if (wanted.length > 0 && missing.length === wanted.length) {
    const list = missing.map((name) => `"${name}"`).join(', ');
    throw new HelperFailure(
      'tag_not_found',
      'give_up',
      `Create these tags in the CRM, or let the helper do it: ${list}.`,
    );
  }
  const result = writes.result();
  return { ...result, modifiedData: { ...modifiedData, tags_applied: writes.actions.length } };
}
