import { countryCode, zoneOfCountry } from '../../_kit/dates/country-zones.js';
import { zoneOfState } from '../../_kit/dates/state-zones.js';
import { isTimeZone } from '../../_kit/dates/time-zone.js';
import { HelperFailure } from '../../_kit/helper-failure.js';
import type { RunContext } from '../../_kit/run-context.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { geocode, zoneAt } from '../../_services/google-maps/google-maps-client.js';
import type { PostalAddress } from './postal-address.js';

/** Where a contact is, as far as its clock goes. */
export interface FoundZone {
  zone: string;
  lat?: number;
  lng?: number;
}

type Context = RunContext<{ time_zone_field?: string | undefined }>;

const ZONE_FIELDS = ['TimeZone', 'Timezone', 'time_zone', 'timezone', 'Time Zone'];
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** A zone that the contact's own fields name. */
export async function zoneInFields({ config, crm }: Context): Promise<FoundZone | null> {
  const { time_zone_field: field } = config;
  const { custom_fields: fields = {} } = await crm.contact();
  const named = ZONE_FIELDS.map((name) => (Object.hasOwn(fields, name) ? fields[name] : ''));
  const values = field === undefined ? named : [await crm.readField(field), ...named];
  const zone = values.map((value) => fieldText(value).trim()).find((text) => text !== '' && isTimeZone(text));
  return zone === undefined ? null : { zone };
}

function mapsKey({ platformKeys }: Context): string | null {
  try {
    return platformKeys.keyOf('google_maps');
  } catch (error) {
    if (error instanceof HelperFailure && error.failureClass === 'give_up') return null;
    throw error;
  }
}

async function askMaps({ clock, http }: Context, key: string, address: string): Promise<FoundZone | null> {
  const point = await geocode(http, key, address);
  const zone = point === null ? null : await zoneAt(http, key, point, clock.now());
  return point === null || zone === null || !isTimeZone(zone) ? null : { zone, ...point };
}

/** Asks the map, once a month for the same address. */
async function zoneOnMap(context: Context, address: string): Promise<FoundZone | null> {
  const key = mapsKey(context);
  if (key === null) return null;
  const { clock, crypto, effect, identity, state } = context;
  const stateKey = `timezone_triggers:place:${identity.accountId}:${crypto.sha256(address.toLowerCase(), 'hex')}`;
  const known = await state.read(stateKey);
  if (known !== null) return JSON.parse(known) as FoundZone;
  const found = await askMaps(context, key, address);
  if (found === null) return null;
  const next = JSON.stringify(found);
  const keepUntil = new Date(clock.now().getTime() + KEPT_MS);
  const intent = { step: 'place', operation: 'keepState', target: 'place', summary: 'Keep the place' } as const;
  await effect(intent, () => state.compareAndSet({ key: stateKey, expected: null, next, keepUntil, step: 'place' }));
  return found;
}

/** By country and state, without asking anybody; an address that names no country may name a state of the USA. */
function zoneByName({ state, country }: PostalAddress, year: number): FoundZone | null {
  const code = country === '' ? 'US' : countryCode(country);
  const zone = code === null ? null : (zoneOfState(code, state) ?? zoneOfCountry(code, year));
  return zone === null ? null : { zone };
}

/** The zone of the country whose prefix a contact's number has. */
export async function zoneByPhone({ clock, crm }: Context): Promise<FoundZone | null> {
  const { phone } = await crm.contact();
  // Loaded with the first number: the numbering plans of all countries are large.
  const { parsePhoneNumberFromString } = await import('libphonenumber-js');
  const country = parsePhoneNumberFromString(fieldText(phone), { extract: false })?.country;
  const zone = country === undefined ? null : zoneOfCountry(country, clock.now().getUTCFullYear());
  return zone === null ? null : { zone };
}

/** The zone of an address; a map that refuses to answer is a warning, and names decide. */
export async function zoneOfAddress(context: Context, address: PostalAddress): Promise<FoundZone | null> {
  try {
    const found = await zoneOnMap(context, address.text);
    if (found !== null) return found;
  } catch (error) {
    if (!(error instanceof HelperFailure) || error.failureClass === 'retry') throw error;
    context.warn(error.message);
  }
  return zoneByName(address, context.clock.now().getUTCFullYear()) ?? zoneByPhone(context);
}
