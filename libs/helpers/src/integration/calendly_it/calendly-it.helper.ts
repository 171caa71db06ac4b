import { contactText } from '../../_kit/crm/contact-value.js';
import { resolveTags } from '../../_kit/crm/resolve-tags.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { HelperFailure } from '../../_kit/helper-failure.js';
import type { HelperResult } from '../../_kit/helper-result.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import type { RunContext } from '../../_kit/run-context.js';
import { createSchedulingLink, SCHEDULING_LINKS } from '../../_services/calendly/calendly-client.js';
import { bookingEvent, type BookingEvent } from './booking-event.js';
import { calendlyItConfig, type CalendlyItConfig } from './calendly-it.config.js';

type Context = RunContext<CalendlyItConfig>;

async function tokenOf({ config, services }: Context): Promise<string> {
  if (!config.use_connection) return config.api_token ?? '';
  const { accessToken, apiKey = '' } = await services.connection('calendly');
  return accessToken ?? apiKey;
}

/** Fills the booking form for the invitee. */
function prefilled(link: string, name: string, email: string): string {
  const url = new URL(link);
  if (name !== '') url.searchParams.set('name', name);
  url.searchParams.set('email', email);
  return url.href;
}

async function offerLink(context: Context): Promise<HelperResult> {
  const { config, crm, http, effect } = context;
  const email = await contactText(crm, config.email_field);
  if (email === '') {
    throw new HelperFailure('missing_email', 'give_up', `The contact has no address in ${config.email_field}.`);
  }
  const name = (await contactText(crm, config.name_field)) || (await contactText(crm, 'full_name'));
  const token = await tokenOf(context);
  const made = { step: 'link', operation: 'http', target: SCHEDULING_LINKS, summary: 'Make a booking link' } as const;
  const bare = await effect(made, () => createSchedulingLink(http, token, config.event_type_uri));
  const link = prefilled(bare, name, email);
  const writes = new PartialWrites(context);
  const { result_field: field } = config;
  if (field !== undefined) {
    const action = { type: 'field_updated', target: field, value: link };
    await writes.attempt(`The link could not be written to ${field}`, () => crm.writeField(field, link), action);
  }
  return writes.result({
    event_type_uri: config.event_type_uri,
    email,
    name,
    booking_url: link,
    ...(field === undefined ? {} : { result_field: field }),
  });
}

async function recordEvent(context: Context, event: BookingEvent): Promise<HelperResult> {
  const { config, crm } = context;
  const writes = new PartialWrites(context);
  const given = { created: config.created_tag, canceled: config.canceled_tag, rescheduled: config.rescheduled_tag };
  const wanted = given[event.kind] ?? '';
  let applied = '';
  for (const { tag } of wanted === '' ? [] : await resolveTags(crm, [wanted])) {
    const action = { type: 'tag_applied', target: crm.contactId, value: wanted };
    if (await writes.attempt(`Tag ${wanted} could not be applied`, () => crm.applyTag(tag), action)) applied = wanted;
  }
  const updates: Record<string, string> = {};
  const values: [field: string | undefined, value: string][] = [
    [config.save_meeting_time_to, event.meetingTime],
    [config.save_duration_to, event.duration],
    [config.save_event_type_to, event.eventTypeName],
  ];
  for (const [field, value] of values) {
    if (field === undefined || value === '') continue;
    const action = { type: 'field_updated', target: field, value };
    const written = await writes.attempt(`${field} could not be written`, () => crm.writeField(field, value), action);
    if (written) updates[field] = value;
  }
  return writes.result({
    event_type: event.event,
    tag_applied: applied,
    field_updates: updates,
    meeting_time: event.meetingTime,
    duration: event.duration,
    event_type_name: event.eventTypeName,
  });
}

export const calendlyIt = defineHelper({
  type: 'calendly_it',
  category: 'integration',
  title: 'Calendly It',
  summary: 'Makes a single-use Calendly booking link for a contact, or records a booking event on the contact.',
  rules: [
    'Without an event: makes a link for one booking, fills in name and e-mail address, and writes it to `result_field`. A contact without address is refused.',
    "With an event in the request (Calendly's webhook body: `event` and `payload`) or in the configuration: applies the tag of the event and saves start, length and event type's name. The request counts before the configuration.",
    'A cancellation that belongs to a move, and a booking that replaces an earlier one, count as rescheduled.',
    'Tags are given by id or name; one that does not exist fails the run before anything is written.',
    'The token comes from the Calendly connection when one is chosen, else from the configuration; it never appears in results.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: ['calendly'],
  effects: { http: { inDoubt: 'repeat' }, applyTag: 'repeatable', setContactFieldValue: 'repeatable' },
  reshape: (config, services) => (services.includes('calendly') ? { ...config, use_connection: true } : config),
  config: calendlyItConfig,

  async run(context) {
    const event = bookingEvent(context.config, context.input);
    return event === null ? offerLink(context) : recordEvent(context, event);
  },
});
