import { Decimal } from 'decimal.js';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { HelperFailure } from '../../_kit/helper-failure.js';
import type { CalendlyItConfig } from './calendly-it.config.js';

/** The part of Calendly's webhook body that is read; whatever does not fit counts as absent. */
const Payload = z
  .object({
    rescheduled: z.boolean().catch(false),
    old_invitee: z.string().nullish().catch(null),
    scheduled_event: z
      .object({
        name: z.string().catch(''),
        start_time: z.string().catch(''),
        end_time: z.string().catch(''),
      })
      .optional()
      .catch(undefined),
  })
  .catch({ rescheduled: false });

const KINDS = ['created', 'canceled', 'rescheduled'] as const;
export type BookingKind = (typeof KINDS)[number];

/** What happened to a booking, from the request or, without one, from the configuration. */
export interface BookingEvent {
  /** As it was named. */
  event: string;
  kind: BookingKind;
  meetingTime: string;
  /** Whole minutes. */
  duration: string;
  eventTypeName: string;
}

const wholeMinutes = (minutes: Decimal.Value): string =>
  new Decimal(minutes).toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN).toFixed();

function minutesBetween(start: string, end: string): string {
  const [from, to] = [DateTime.fromISO(start), DateTime.fromISO(end)];
  return from.isValid && to.isValid ? wholeMinutes(new Decimal(to.toMillis() - from.toMillis()).div(60_000)) : '';
}

/** Calendly reports a move as a cancellation and a booking; both say what they belong to. */
function kindOf(event: string, payload: z.output<typeof Payload>): BookingKind {
  const kind = KINDS.find((each) => event === `invitee.${each}`);
  if (kind === undefined) {
    throw new HelperFailure(
      'unknown_event',
      'give_up',
      `"${event}" is no booking event: use invitee.created, invitee.canceled or invitee.rescheduled.`,
    );
  }
  if (kind === 'canceled' && payload.rescheduled) return 'rescheduled';
  return kind === 'created' && (payload.old_invitee ?? '') !== '' ? 'rescheduled' : kind;
}

/** @returns null when the run is about no event. @throws HelperFailure `unknown_event` */
export function bookingEvent(config: CalendlyItConfig, input: Record<string, unknown>): BookingEvent | null {
  const given = typeof input['event'] === 'string' ? input['event'] : '';
  const event = given === '' ? (config.webhook_event ?? '') : given;
  if (event === '') return null;
  const payload = Payload.parse(input['payload'] ?? {});
  const { name = '', start_time: start = '', end_time: end = '' } = payload.scheduled_event ?? {};
  const length = minutesBetween(start, end);
  const configured = config.duration === undefined ? '' : wholeMinutes(config.duration);
  return {
    event,
    kind: kindOf(event, payload),
    meetingTime: start === '' ? (config.meeting_time ?? '') : start,
    duration: length === '' ? configured : length,
    eventTypeName: name === '' ? (config.event_type_name ?? '') : name,
  };
}
