import { z } from 'zod';
import { defineHelper } from '../../_kit/define-helper.js';
import { externalId } from '../external-id.js';
import { checkZoomEvent, optionalZoomSettings, runZoomEvent, zoomEventOptions, zoomRegistrant } from '../zoom-event.js';

/** Zoom's number for a meeting with a fixed time. */
const SCHEDULED = 2;

export const zoomMeeting = defineHelper({
  type: 'zoom_meeting',
  category: 'integration',
  title: 'Zoom Meeting',
  summary: 'Creates a Zoom meeting, or registers the contact for one.',
  rules: [
    'The contact needs an e-mail address, also to create.',
    "The name is the contact's first and last name, or the value of another field, which then stands alone.",
    'A password also asks for entry by signed-in users, as Zoom understands it.',
    'With `register_contact` the new meeting is open for registration and the contact gets a join link of its own.',
    'The join link can be saved to a field; a refused field is a warning.',
    'A repeated delivery never creates or registers twice: where an attempt was interrupted the run fails with `effect_in_doubt`.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: ['zoom'],
  effects: { http: { inDoubt: 'ask' }, setContactFieldValue: 'repeatable' },
  config: z
    .object({
      ...zoomEventOptions({ topic: 'Meeting', recording: 'none' }),
      meeting_id: externalId('Id of the meeting; needed to register').optional(),
    })
    .superRefine((config, context) =>
      checkZoomEvent(config, { option: 'meeting_id', value: config.meeting_id }, context),
    ),

  run(context) {
    const { config } = context;
    return runZoomEvent(context, {
      kind: 'meetings',
      word: 'meeting',
      id: config.meeting_id,
      settings: {
        topic: config.topic,
        type: SCHEDULED,
        duration: config.duration,
        timezone: config.timezone,
        settings: {
          auto_recording: config.auto_recording,
          ...(config.password === undefined ? {} : { meeting_authentication: true }),
          ...(config.register_contact ? { approval_type: 0, registration_type: config.registration_type } : {}),
        },
        ...optionalZoomSettings(config),
      },
      toRegistrant: zoomRegistrant,
    });
  },
});
