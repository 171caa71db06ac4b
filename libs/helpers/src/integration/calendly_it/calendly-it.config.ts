import { z } from 'zod';
import { fieldName, flag, requireOption, secret, text } from '../../_kit/config/options.js';

export const calendlyItConfig = z
  .object({
    use_connection: flag("Uses the helper's Calendly connection instead of a token").default(false),
    event_type_uri: text('Event type, such as https://api.calendly.com/event_types/…'),
    api_token: secret('Personal access token; not needed with a Calendly connection').optional(),
    email_field: fieldName('Field with the e-mail address').default('Email'),
    name_field: fieldName('Field with the name').default('FirstName'),
    result_field: fieldName('Field that receives the link').optional(),
    webhook_event: text('Event to record: invitee.created, invitee.canceled or invitee.rescheduled').optional(),
    created_tag: text('Tag for bookings; id or name').optional(),
    canceled_tag: text('Tag for cancellations; id or name').optional(),
    rescheduled_tag: text('Tag for bookings that were moved; id or name').optional(),
    save_meeting_time_to: fieldName('Field for the start').optional(),
    save_duration_to: fieldName('Field for the length in minutes').optional(),
    save_event_type_to: fieldName("Field for the event type's name").optional(),
    meeting_time: text('Start, when the request tells none').optional(),
    duration: z.number().optional().meta({ description: 'Minutes, when the request tells none' }),
    event_type_name: text('Name of the event type, when the request tells none').optional(),
  })
  .superRefine(({ api_token: token, use_connection: connected }, context) => {
    if (token === undefined && !connected)
      requireOption(context, 'api_token', 'unless a Calendly connection is chosen');
  });

export type CalendlyItConfig = z.output<typeof calendlyItConfig>;
