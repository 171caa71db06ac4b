import { z } from 'zod';
import { choice, fieldName, flag, requireOption, secret, text, wholeNumber } from '../_kit/config/options.js';
import type { HelperResult } from '../_kit/helper-result.js';
import type { RunContext } from '../_kit/run-context.js';
import { openZoom, type ZoomClient, type ZoomKind, type ZoomRegistrant } from '../_services/zoom/zoom-client.js';
import { externalId } from './external-id.js';
import { registrantOf, registrantOptions, type Registrant } from './registrant.js';
import { saveField } from './save-field.js';

/** Options that Zoom meetings and webinars share. */
export const zoomEventOptions = (defaults: { topic: string; recording: 'none' | 'local' | 'cloud' }) => ({
  action: choice(['create', 'register'], 'Make a new one, or register the contact for one that exists', 'create'),
  user_id: externalId('Host: id, e-mail address or me; needed to create').optional(),
  topic: text('Title').default(defaults.topic),
  start_time: text('Start, ISO 8601; with a Z it is UTC, without it is in the time zone').optional(),
  duration: wholeNumber('Minutes').default(60),
  timezone: text('IANA zone of the start').default('UTC'),
  password: secret('Password for entry').optional(),
  ...registrantOptions,
  save_join_url_to: fieldName('Contact field for the join link').optional(),
  registration_type: z
    .union([z.literal(1), z.literal(2), z.literal(3)])
    .meta({ description: '1: once for all occurrences, 2: for each one, 3: for chosen ones' })
    .default(1),
  auto_recording: choice(['none', 'local', 'cloud'], 'Recording').default(defaults.recording),
  register_contact: flag('After creating, register the contact and keep the link of its own').default(false),
});

/** Creating needs a host, registering the id of what exists. */
export function checkZoomEvent(
  config: { action: string; user_id?: string | undefined },
  id: { option: string; value: string | undefined },
  context: z.RefinementCtx,
): void {
  if (config.action === 'create' && config.user_id === undefined) requireOption(context, 'user_id', 'to create');
  if (config.action === 'register' && id.value === undefined) requireOption(context, id.option, 'to register');
}

interface Config {
  action: 'create' | 'register';
  user_id?: string | undefined;
  topic: string;
  name_field: string;
  email_field: string;
  save_join_url_to?: string | undefined;
  register_contact: boolean;
}

/** What a meeting and a webinar do differently. */
export interface ZoomEventKind {
  kind: ZoomKind;
  /** Begins the names of actions and of the id in the output. */
  word: 'meeting' | 'webinar';
  /** Id of the one to register for. */
  id: string | undefined;
  /** What the one to create is like. */
  settings: Record<string, unknown>;
  toRegistrant(registrant: Registrant): ZoomRegistrant;
}

async function register(
  context: RunContext<Config>,
  zoom: ZoomClient,
  event: ZoomEventKind,
  id: string,
  who: Registrant,
) {
  const registration = await context.effect(
    { step: 'register', operation: 'http', target: id, summary: `Register for Zoom ${event.word} ${id}` },
    () => zoom.register(event.kind, id, event.toRegistrant(who)),
  );
  if (registration.joinUrl === '') context.warn('There is no join link yet: the host has to approve.');
  return registration;
}

/** Creates a meeting or webinar, or registers the contact for one, and saves the join link. */
export async function runZoomEvent(context: RunContext<Config>, event: ZoomEventKind): Promise<HelperResult> {
  const { config, crm } = context;
  const zoom = await openZoom(context);
  const who = await registrantOf(crm, config);
  const { word } = event;
  if (config.action === 'register') {
    const id = event.id ?? '';
    const { registrantId, joinUrl } = await register(context, zoom, event, id, who);
    await saveField(context, config.save_join_url_to, joinUrl);
    return {
      success: true,
      modifiedData: { [`${word}_id`]: id, registrant_id: registrantId, join_url: joinUrl },
      actions: [{ type: `${word}_registered`, target: id, value: registrantId }],
    };
  }
  const created = await context.effect(
    { step: 'create', operation: 'http', target: config.user_id ?? '', summary: `Create Zoom ${word}` },
    () => zoom.create(event.kind, config.user_id ?? '', event.settings),
  );
  const made = { type: `${word}_created`, target: created.id, value: created.joinUrl };
  const modifiedData = { [`${word}_id`]: created.id, join_url: created.joinUrl, topic: config.topic };
  if (!config.register_contact) {
    await saveField(context, config.save_join_url_to, created.joinUrl);
    return { success: true, modifiedData, actions: [made] };
  }
  const { registrantId, joinUrl } = await register(context, zoom, event, created.id, who);
  await saveField(context, config.save_join_url_to, joinUrl);
  return {
    success: true,
    modifiedData: { ...modifiedData, registrant_id: registrantId, join_url: joinUrl },
    actions: [made, { type: `${word}_registered`, target: created.id, value: registrantId }],
  };
}

/** The registrant as Zoom reads it, cut to the lengths that it takes. */
export function zoomRegistrant({ email, firstName, lastName }: Registrant): ZoomRegistrant {
  const short = (name: string): string => [...name].slice(0, 64).join('');
  return {
    email,
    first_name: short(firstName),
    ...(lastName === '' ? {} : { last_name: short(lastName) }),
  };
}

/** Start and password, where there are any. */
export const optionalZoomSettings = ({
  start_time: start,
  password,
}: {
  start_time?: string | undefined;
  password?: string | undefined;
}) => ({
  ...(start === undefined ? {} : { start_time: start }),
  ...(password === undefined ? {} : { password }),
});
