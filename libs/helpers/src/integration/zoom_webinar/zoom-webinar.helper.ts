import { z } from 'zod';
import { textList } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { applyTagTo } from '../apply-tag.js';
import { externalId } from '../external-id.js';
import { checkZoomEvent, optionalZoomSettings, runZoomEvent, zoomEventOptions, zoomRegistrant } from '../zoom-event.js';

/** Zoom's number for a webinar with a fixed time. */
const SCHEDULED = 5;

const question = z.object({
  title: z.string().meta({ description: 'Question as it stands in the form' }),
  value: z
    .union([z.string(), z.number(), z.boolean()])
    .transform(fieldText)
    .meta({ description: 'Answer' })
    .default(''),
});

/** Options that only the form for registering sends. */
const REGISTERING = ['registered_tags', 'schedule_id'];

export const zoomWebinar = defineHelper({
  type: 'zoom_webinar',
  category: 'integration',
  title: 'Zoom Webinar',
  summary: 'Creates a Zoom webinar, or registers the contact for one.',
  rules: [
    'The contact needs an e-mail address, also to create.',
    "The name is the contact's first and last name, or the value of another field, which then stands alone. An empty last name is sent as a dash.",
    'With `register_contact` the contact is registered for the new webinar and gets a join link of its own.',
    'The join link can be saved to a field, and tags applied once everything else succeeded; what is refused is a warning.',
    'A repeated delivery never creates or registers twice: where an attempt was interrupted the run fails with `effect_in_doubt`.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: ['zoom'],
  effects: { http: { inDoubt: 'ask' }, setContactFieldValue: 'repeatable', applyTag: 'repeatable' },
  aliases: { first_name_field: 'name_field', join_url_field: 'save_join_url_to' },
  reshape(config) {
    const registers = (config['action'] ?? '') === '' && REGISTERING.some((key) => Object.hasOwn(config, key));
    const questions: unknown = config['custom_questions'];
    return {
      ...config,
      ...(registers ? { action: 'register' } : {}),
      ...(Array.isArray(questions) ? { custom_questions: questions.filter((each) => typeof each === 'object') } : {}),
    };
  },
  config: z
    .object({
      ...zoomEventOptions({ topic: 'Webinar', recording: 'cloud' }),
      webinar_id: externalId('Id of the webinar; needed to register').optional(),
      approval_type: z
        .union([z.literal(0), z.literal(1), z.literal(2)])
        .meta({ description: '0: approve at once, 1: by hand, 2: no registration' })
        .default(0),
      custom_questions: z.array(question).meta({ description: 'Answers for the registration form' }).default([]),
      registered_tags: textList('Tags, by id or name, for registered contacts', 0).default([]),
    })
    .superRefine((config, context) =>
      checkZoomEvent(config, { option: 'webinar_id', value: config.webinar_id }, context),
    ),

  async run(context) {
    const { config, crm } = context;
    const result = await runZoomEvent(context, {
      kind: 'webinars',
      word: 'webinar',
      id: config.webinar_id,
      settings: {
        topic: config.topic,
        type: SCHEDULED,
        duration: config.duration,
        timezone: config.timezone,
        settings: {
          approval_type: config.approval_type,
          registration_type: config.registration_type,
          auto_recording: config.auto_recording,
          registrants_email_notification: true,
        },
        ...optionalZoomSettings(config),
      },
      toRegistrant: (registrant) => ({
        ...zoomRegistrant(registrant),
        ...(registrant.lastName === '' && !registrant.named ? { last_name: '-' } : {}),
        ...(config.custom_questions.length === 0 ? {} : { custom_questions: config.custom_questions }),
      }),
    });
    const writes = new PartialWrites(context);
    if (config.action === 'register' || config.register_contact) {
      for (const tag of config.registered_tags) await applyTagTo(crm, writes, tag);
    }
    return { ...result, actions: [...(result.actions ?? []), ...writes.actions] };
  },
});
