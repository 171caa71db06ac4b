import { DateTime } from 'luxon';
import { fieldName, text } from '../config/options.js';
import { isTimeZone } from '../dates/time-zone.js';
import { HelperFailure } from '../helper-failure.js';
import type { RunContext } from '../run-context.js';
import { toRunFailure } from '../run-failure.js';
import { fieldText } from '../text/field-text.js';

/** In which zone a routing type looks at day or time. */
export const zoneOptions = {
  timezone: text('IANA zone in which day or time is looked at').default('UTC'),
  timezone_field: fieldName("Contact field with the contact's own zone, which then wins").optional(),
};

interface ZoneConfig {
  timezone: string;
  timezone_field?: string | undefined;
}

/** The contact's own zone where it is known; a field that cannot be read is no reason to keep a visitor waiting. */
async function zoneOf(context: RunContext<ZoneConfig>): Promise<string> {
  const { timezone, timezone_field: field } = context.config;
  if (field !== undefined && context.connected && (context.identity.contactId ?? '') !== '') {
    try {
      const own = fieldText(await context.crm.readField(field)).trim();
      if (isTimeZone(own)) return own;
    } catch (error) {
      context.warn(`The contact's time zone could not be read: ${toRunFailure(error).message}`);
    }
  }
  if (!isTimeZone(timezone)) {
    throw new HelperFailure('unknown_timezone', 'give_up', `There is no time zone "${timezone}".`);
  }
  return timezone;
}

/**
 * The current instant in the zone that counts.
 * @throws HelperFailure `unknown_timezone`
 */
export const nowInRouteZone = async (context: RunContext<ZoneConfig>): Promise<DateTime> =>
  DateTime.fromJSDate(context.clock.now(), { zone: await zoneOf(context) });

/** An instant as results show it: with offset, without milliseconds. */
export const instantText = (at: DateTime): string => at.startOf('second').toISO({ suppressMilliseconds: true }) ?? '';
