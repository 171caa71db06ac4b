import { z } from 'zod';
import { fieldName, text } from '../config/options.js';
import type { HelperAction } from '../helper-result.js';
import type { RunContext } from '../run-context.js';
import { toRunFailure } from '../run-failure.js';
import { isHttpUrl } from '../text/http-url.js';

/** A route's target; empty means that there is none. */
export const routeUrl = (description: string) =>
  z
    .string()
    .trim()
    .refine((url) => url === '' || isHttpUrl(url), { error: 'Must be an http or https URL' })
    .meta({ description });

/** What all routing types do with the chosen URL. */
export const routeOptions = {
  fallback_url: routeUrl('URL when nothing fits').optional(),
  save_to_field: fieldName('Contact field for the chosen URL').optional(),
  apply_tag: text('Tag, by id or name, applied whenever a route was chosen').optional(),
};

interface RouteConfig {
  save_to_field?: string | undefined;
  apply_tag?: string | undefined;
}

/**
 * Saves the chosen URL and applies the tag. The caller waits for the URL, so that nothing here fails the run: what
 * goes wrong is a warning, and without a CRM connection both are left out.
 * @returns the actions, the route itself last
 */
export async function followRoute(context: RunContext<RouteConfig>, url: string): Promise<HelperAction[]> {
  const { config, connected, crm, identity } = context;
  const { contactId = '' } = identity;
  const actions: HelperAction[] = [];
  const attempt = async (what: string, write: () => Promise<void>): Promise<boolean> => {
    try {
      await write();
      return true;
    } catch (error) {
      context.warn(`${what}: ${toRunFailure(error).message}`);
      return false;
    }
  };
  const { save_to_field: field, apply_tag: tag } = config;
  if (connected && contactId !== '') {
    if (field !== undefined) await attempt('The URL could not be saved', () => crm.writeField(field, url));
    if (tag !== undefined && (await attempt('The tag could not be applied', () => crm.applyTag(tag)))) {
      actions.push({ type: 'tag_applied', target: contactId, value: tag });
    }
  }
  return [...actions, { type: 'contact_routed', target: contactId, value: url }];
}
