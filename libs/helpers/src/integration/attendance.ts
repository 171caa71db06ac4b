import { Decimal } from 'decimal.js';
import { HelperFailure } from '../_kit/helper-failure.js';
import type { RunContext } from '../_kit/run-context.js';
import { fieldText } from '../_kit/text/field-text.js';
import { openZoom, type ZoomAttendance, type ZoomClient } from '../_services/zoom/zoom-client.js';

/** How long somebody was in a webinar. */
export interface Attendance {
  percent: number;
  minutes: number;
}

const sameAddress = (one: string, other: string): boolean =>
  one.trim() !== '' && one.trim().toLowerCase() === other.trim().toLowerCase();

/** Sums the times of one person; more than the whole webinar is the whole webinar. */
export function attendanceOf(email: string, list: readonly ZoomAttendance[], webinarMinutes: number): Attendance {
  const seconds = list
    .filter((each) => sameAddress(each.email, email))
    .reduce((sum, each) => sum.plus(each.seconds), new Decimal(0));
  const minutes = seconds.dividedBy(60).toDecimalPlaces(2);
  if (webinarMinutes <= 0) return { percent: 0, minutes: minutes.toNumber() };
  const percent = Decimal.min(100, minutes.times(100).dividedBy(webinarMinutes)).toDecimalPlaces(2);
  return { percent: percent.toNumber(), minutes: minutes.toNumber() };
}

/** The webinar that the request or the configuration names: one instance, or the latest of an id. */
export function webinarOf({ config, input }: RunContext<{ webinar_id?: string | undefined }>) {
  const id = fieldText(input['webinar_id']).trim() || (config.webinar_id ?? '');
  return { id, instance: fieldText(input['webinar_uuid']).trim() || id };
}

/** The account's Zoom, or null where the helper has none: then what the request says counts. */
export async function optionalZoom(context: RunContext<unknown>): Promise<ZoomClient | null> {
  try {
    return await openZoom(context);
  } catch (error) {
    if (error instanceof HelperFailure && error.code === 'service_not_connected') return null;
    throw error;
  }
}

/** Whether an address is in a list of addresses. */
export const includesAddress = (list: readonly string[], email: string): boolean =>
  list.some((each) => sameAddress(each, email));
