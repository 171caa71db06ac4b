import { HelperFailure } from '../../_kit/helper-failure.js';
import type { RunContext } from '../../_kit/run-context.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { openService } from '../service-client.js';

/** The two products of one vendor, which differ by their address only. */
export const WEBINAR_JAM = { slug: 'webinarjam', name: 'WebinarJam' } as const;
export const EVER_WEBINAR = { slug: 'everwebinar', name: 'EverWebinar' } as const;
export type WebinarJamProduct = typeof WEBINAR_JAM | typeof EVER_WEBINAR;

/** One time at which a webinar takes place; `date` is local to the webinar, or a text such as "Every day". */
export interface WebinarSchedule {
  schedule: string;
  date: string;
}

export interface WebinarJamRegistration {
  userId: string;
  schedule: string;
  date: string;
  joinUrl: string;
  replayUrl: string;
  thankYouUrl: string;
}

export interface WebinarJamClient {
  schedules(webinarId: string): Promise<{ timezone: string; schedules: WebinarSchedule[] }>;
  /** Not repeatable: a second call makes a second registration. */
  register(registration: Record<string, string>): Promise<WebinarJamRegistration>;
}

const object = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/**
 * The account's WebinarJam or EverWebinar.
 * @throws HelperFailure `service_not_connected`
 */
export async function openWebinarJam(
  context: Pick<RunContext<unknown>, 'http' | 'services' | 'crypto' | 'clock'>,
  { slug, name }: WebinarJamProduct,
): Promise<WebinarJamClient> {
  const client = await openService(context, {
    slug,
    name,
    baseUrl: `https://api.webinarjam.com/${slug}`,
    sign: ({ apiKey }) => (apiKey === undefined ? null : { form: { api_key: apiKey } }),
  });
  const post = async (path: string, form: Record<string, string>): Promise<Record<string, unknown>> => {
    const answer = (await client.call({ method: 'POST', path, form })).json();
    if (answer['status'] === undefined || answer['status'] === 'success') return answer;
    throw new HelperFailure('upstream_error', 'give_up', `${name} refused: look at webinar, schedule and contact.`, {
      nothingDone: true,
    });
  };
  return {
    async schedules(webinarId) {
      const webinar = object((await post('webinar', { webinar_id: webinarId }))['webinar']);
      const list: unknown[] = Array.isArray(webinar['schedules']) ? webinar['schedules'] : [];
      const schedules = list.map((each) => {
        const { schedule, date } = object(each);
        return { schedule: fieldText(schedule), date: fieldText(date) };
      });
      return { timezone: fieldText(webinar['timezone']), schedules };
    },
    async register(registration) {
      const user = object((await post('register', registration))['user']);
      return {
        userId: fieldText(user['user_id']),
        schedule: fieldText(user['schedule']),
        date: fieldText(user['date']),
        joinUrl: fieldText(user['live_room_url']),
        replayUrl: fieldText(user['replay_room_url']),
        thankYouUrl: fieldText(user['thank_you_url']),
      };
    },
  };
}
