import type { RunContext } from '../../_kit/run-context.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { bearer, openService, pathSegment, type ServiceClient } from '../service-client.js';

/** Zoom calls its meetings and webinars in the same way. */
export type ZoomKind = 'meetings' | 'webinars';

export interface ZoomCreated {
  id: string;
  joinUrl: string;
}

export interface ZoomRegistrant {
  email: string;
  first_name: string;
  last_name?: string;
  custom_questions?: { title: string; value: string }[];
}

export interface ZoomRegistration {
  registrantId: string;
  /** Empty while the host has not approved. */
  joinUrl: string;
}

/** Somebody who was in a webinar, once for each time of joining. */
export interface ZoomAttendance {
  email: string;
  seconds: number;
}

export interface ZoomClient {
  /** Not repeatable: a second call makes a second one. */
  create(kind: ZoomKind, userId: string, settings: Record<string, unknown>): Promise<ZoomCreated>;
  register(kind: ZoomKind, id: string, registrant: ZoomRegistrant): Promise<ZoomRegistration>;
  /** E-mail addresses of those who registered and did not come. */
  absentees(webinar: string): Promise<string[]>;
  participants(webinar: string): Promise<ZoomAttendance[]>;
  /** Length of a webinar that is over. */
  pastMinutes(webinar: string): Promise<number>;
}

const PAGE_SIZE = '300';
const MOST_PAGES = 200;

/** UUIDs with slashes are read right only when they are encoded twice. */
const instanceSegment = (webinar: string): string =>
  webinar.includes('/') ? encodeURIComponent(encodeURIComponent(webinar)) : pathSegment(webinar);

const objectsIn = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value)
    ? value.filter((each): each is Record<string, unknown> => typeof each === 'object' && each !== null)
    : [];

async function allPages(client: ServiceClient, path: string, list: string): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let token = '';
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { page_size: PAGE_SIZE, ...(token === '' ? {} : { next_page_token: token }) };
    const answer = (await client.call({ method: 'GET', path, query })).json();
    items.push(...objectsIn(answer[list]));
    token = fieldText(answer['next_page_token']);
    if (token === '') break;
  }
  return items;
}

/**
 * The account's Zoom.
 * @throws HelperFailure `service_not_connected`
 */
export async function openZoom(
  context: Pick<RunContext<unknown>, 'http' | 'services' | 'crypto' | 'clock'>,
): Promise<ZoomClient> {
  const client = await openService(context, {
    slug: 'zoom',
    name: 'Zoom',
    baseUrl: 'https://api.zoom.us/v2',
    sign: bearer,
  });
  return {
    async create(kind, userId, settings) {
      const path = `users/${pathSegment(userId)}/${kind}`;
      const answer = (await client.call({ method: 'POST', path, json: settings })).json();
      return { id: fieldText(answer['id']), joinUrl: fieldText(answer['join_url']) };
    },
    async register(kind, id, registrant) {
      const path = `${kind}/${pathSegment(id)}/registrants`;
      const answer = (await client.call({ method: 'POST', path, json: registrant })).json();
      return { registrantId: fieldText(answer['registrant_id']), joinUrl: fieldText(answer['join_url']) };
    },
    async absentees(webinar) {
      const path = `past_webinars/${instanceSegment(webinar)}/absentees`;
      return (await allPages(client, path, 'registrants')).map(({ email }) => fieldText(email));
    },
    async participants(webinar) {
      const path = `report/webinars/${instanceSegment(webinar)}/participants`;
      return (await allPages(client, path, 'participants')).map(({ user_email: email, duration }) => ({
        email: fieldText(email),
        seconds: typeof duration === 'number' ? duration : 0,
      }));
    },
    async pastMinutes(webinar) {
      const path = `report/webinars/${instanceSegment(webinar)}`;
      const { duration } = (await client.call({ method: 'GET', path })).json();
      return typeof duration === 'number' ? duration : 0;
    },
  };
}
