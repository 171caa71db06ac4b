import { z } from 'zod';
import { fieldName, text } from '../config/options.js';
import { HelperFailure } from '../helper-failure.js';
import type { HelperAction, HelperResult } from '../helper-result.js';
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

/** A target that must be there. */
export const requiredUrl = (description: string) =>
  z.string().trim().min(1).refine(isHttpUrl, { error: 'Must be an http or https URL' }).meta({ description });

/** A map from something to URLs, of which at least one must be there. Its keys are data. */
export const routeMap = (description: string) =>
  z
    .record(z.string(), routeUrl('URL'))
    .refine((routes) => Object.keys(routes).length > 0, {
      error: 'Needs at least one route',
      params: { missing: true },
    })
    .meta({ description });

/** Where a signed link that leads to the chosen URL is stored. */
export const linkOption = {
  save_link_to: fieldName('Contact field for a signed link of this platform that leads to the chosen URL').optional(),
};

/** What all routing types do with the chosen URL. */
export const routeOptions = {
  fallback_url: routeUrl('URL when nothing fits').optional(),
  save_to_field: fieldName('Contact field for the chosen URL').optional(),
  ...linkOption,
  apply_tag: text('Tag, by id or name, applied whenever a route was chosen').optional(),
};

interface RouteConfig {
  save_to_field?: string | undefined;
  save_link_to?: string | undefined;
  apply_tag?: string | undefined;
}

/** How a type reports what it did with the route. */
export interface RouteReport {
  /** Saving the URL is listed among the actions. */
  reportsSaving?: boolean;
  /** Field and value that are saved before the URL. */
  saveFirst?: readonly [field: string, value: string];
  /** Type and target of the action that names the route. */
  action?: Pick<HelperAction, 'type' | 'target'>;
}

/** @throws HelperFailure `no_route` */
export function routeOrFail(route: string | undefined, fallback: string | undefined, what: string): string {
  const url = route === undefined || route === '' ? (fallback ?? '') : route;
  if (url === '') throw new HelperFailure('no_route', 'give_up', `There is no route for ${what} and no fallback URL.`);
  return url;
}

/** Writes on the way to a visitor's page: what goes wrong is a warning, because the visitor waits for the URL. */
async function save(context: RunContext<RouteConfig>, url: string, link: string, report: RouteReport) {
  const { config, crm } = context;
  const actions: HelperAction[] = [];
  const attempt = async (what: string, write: () => Promise<void>, action?: HelperAction): Promise<void> => {
    try {
      await write();
      if (action !== undefined) actions.push(action);
    } catch (error) {
      context.warn(`${what}: ${toRunFailure(error).message}`);
    }
  };
  const saved = (target: string, value: string): HelperAction => ({ type: 'field_updated', target, value });
  const { save_to_field: field, save_link_to: linkField, apply_tag: tag } = config;
  if (report.saveFirst !== undefined) {
    const [target, value] = report.saveFirst;
    await attempt(`${target} could not be saved`, () => crm.writeField(target, value), saved(target, value));
  }
  if (field !== undefined) {
    const action = report.reportsSaving === true ? saved(field, url) : undefined;
    await attempt('The URL could not be saved', () => crm.writeField(field, url), action);
  }
  if (linkField !== undefined) {
    await attempt('The link could not be saved', () => crm.writeField(linkField, link), saved(linkField, link));
  }
  if (tag !== undefined) {
    const action = { type: 'tag_applied', target: crm.contactId, value: tag };
    await attempt('The tag could not be applied', () => crm.applyTag(tag), action);
  }
  return actions;
}

/**
 * The result of a routing type: URL and data for the caller, what was saved, the route itself last. Saving and tagging
 * cannot fail the run, and without a CRM connection or a contact both are left out.
 * @param data goes into the output beside the URL
 */
export async function followRoute(
  context: RunContext<RouteConfig>,
  url: string,
  data: Record<string, unknown>,
  report: RouteReport = {},
): Promise<HelperResult> {
  const { accountId, helperId, contactId = '' } = context.identity;
  const link = await context.links.sign('redirect', {
    account_id: accountId,
    helper_id: helperId,
    contact_id: contactId,
    url,
  });
  const actions = context.connected && contactId !== '' ? await save(context, url, link, report) : [];
  const { type, target } = report.action ?? { type: 'contact_routed', target: contactId };
  return {
    success: true,
    modifiedData: { redirect_url: url, ...data, redirect_link: link },
    actions: [...actions, { type, target, value: url }],
  };
}
