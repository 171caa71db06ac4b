import type { HelperResult } from '../_kit/helper-result.js';
import { HelperFailure } from '../_kit/helper-failure.js';
import { PartialWrites } from '../_kit/partial-writes.js';
import type { RunContext } from '../_kit/run-context.js';
import { fieldName, text } from '../_kit/config/options.js';
import {
  openWebinarJam,
  type WebinarJamClient,
  type WebinarJamProduct,
} from '../_services/webinar-jam/webinar-jam-client.js';
import { applyTagOption, applyTagTo } from './apply-tag.js';
import { externalId } from './external-id.js';
import { registrantOf } from './registrant.js';
import { saveField } from './save-field.js';
import { upcomingSchedule } from './upcoming-schedule.js';

/** Options that WebinarJam and EverWebinar share. */
export const webinarJamOptions = {
  webinar_id: externalId('Id of the webinar'),
  schedule: externalId('Id of the schedule; the first upcoming one when left out').optional(),
  save_join_url_to: fieldName("Contact field for the contact's own room link").optional(),
  apply_tag: applyTagOption,
};

/** Options of EverWebinar only. */
export const everWebinarOptions = {
  timezone: text("The contact's zone, such as GMT-5, for webinars that detect zones").optional(),
  date: text('One session of a series, such as 2027-01-01 09:00').optional(),
};

export const webinarJamRules = [
  'The contact needs an e-mail address.',
  'Without a schedule the service is asked for the schedules of the webinar, and the first upcoming one is taken.',
  'The room link can be saved to a field. The tag is applied only after the service has accepted.',
  'A repeated delivery never registers twice: where an attempt was interrupted the run fails with `effect_in_doubt`.',
];

interface Config {
  webinar_id: string;
  schedule?: string | undefined;
  save_join_url_to?: string | undefined;
  apply_tag?: string | undefined;
  timezone?: string | undefined;
  date?: string | undefined;
}

async function chosenSchedule(context: RunContext<Config>, client: WebinarJamClient): Promise<string> {
  const { schedule, webinar_id: webinar } = context.config;
  if (schedule !== undefined) return schedule;
  return context.remember('schedule', async () => {
    const { schedules, timezone } = await client.schedules(webinar);
    const upcoming = upcomingSchedule(schedules, timezone, context.clock.now());
    if (upcoming !== undefined) return upcoming.schedule;
    throw new HelperFailure('no_schedule', 'give_up', 'The webinar has no upcoming schedule: choose another webinar.');
  });
}

/** Registers the contact of the run and leaves room link and tag. */
export async function registerWithWebinarJam(
  context: RunContext<Config>,
  product: WebinarJamProduct,
): Promise<HelperResult> {
  const { config, crm } = context;
  const client = await openWebinarJam(context, product);
  const { email, firstName, lastName } = await registrantOf(crm);
  const { webinar_id: webinar, timezone, date } = config;
  const form = {
    webinar_id: webinar,
    first_name: firstName,
    last_name: lastName,
    email,
    schedule: await chosenSchedule(context, client),
    ...(timezone === undefined ? {} : { timezone }),
    ...(date === undefined ? {} : { date }),
  };
  const registration = await context.effect(
    { step: 'register', operation: 'http', target: webinar, summary: `Register with ${product.name}` },
    () => client.register(form),
  );
  await saveField(context, config.save_join_url_to, registration.joinUrl);
  const writes = new PartialWrites(context);
  await applyTagTo(crm, writes, config.apply_tag);
  return {
    success: true,
    modifiedData: {
      webinar_id: webinar,
      schedule: form.schedule,
      email,
      first_name: firstName,
      last_name: lastName,
      user_id: registration.userId,
      date: registration.date,
      join_url: registration.joinUrl,
      replay_room_url: registration.replayUrl,
      thank_you_url: registration.thankYouUrl,
    },
    actions: [{ type: 'webinar_registered', target: webinar, value: registration.userId }, ...writes.actions],
  };
}
