import { DateTime } from 'luxon';
import { weekdayNumber } from '../../_kit/dates/weekdays.js';
import { defineHelper } from '../../_kit/define-helper.js';
import type { HelperResult } from '../../_kit/helper-result.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import { instantText } from '../../_kit/routing/route-zone.js';
import type { RunContext } from '../../_kit/run-context.js';
import { numberText } from '../../_kit/text/field-text.js';
import { nextOccurrence, readTime } from './due-instant.js';
import { zoneByPhone, zoneInFields, zoneOfAddress, type FoundZone } from './find-zone.js';
import { PendingTrigger } from './pending-trigger.js';
import { addressOfContact } from './postal-address.js';
import { timezoneTriggersConfig, withoutUnset, type TimezoneTriggersConfig } from './timezone-triggers.config.js';

type Context = RunContext<TimezoneTriggersConfig>;

/** What a run decided; kept over its deliveries, so that each speaks of the same instant. */
interface Plan {
  address: string;
  found: FoundZone;
  dueAt: string;
}

const MINUTES_OF_HOUR = 60;

async function zoneFor(context: Context): Promise<{ address: string; found: FoundZone } | null> {
  const address = addressOfContact(await context.crm.contact());
  const text = address?.text ?? '';
  const own = await zoneInFields(context);
  if (own !== null) return { address: text, found: own };
  const found = address === null ? await zoneByPhone(context) : await zoneOfAddress(context, address);
  if (found !== null) return { address: text, found };
  if (address === null) return null;
  const zone = context.config.fallback_timezone ?? context.identity.timezone ?? 'UTC';
  context.warn(`The time zone of the address could not be found; ${zone} was taken.`);
  return { address: text, found: { zone } };
}

async function planOf(context: Context): Promise<Plan | null> {
  const zone = await zoneFor(context);
  if (zone === null) return null;
  const { day, time } = context.config;
  const now = DateTime.fromJSDate(context.clock.now(), { zone: zone.found.zone });
  const due = nextOccurrence(now, weekdayNumber(day) ?? now.weekday, readTime(time) ?? { hour: 0, minute: 0 });
  return { ...zone, dueAt: instantText(due) };
}

async function achieve(context: Context, goal: string | undefined): Promise<HelperResult> {
  const { config, crm } = context;
  const writes = new PartialWrites(context);
  if (goal !== undefined) {
    const action = { type: 'goal_achieved', target: crm.contactId, value: goal };
    await writes.attempt(`Goal ${goal} could not be achieved`, () => crm.achieveGoal(goal, config.integration), action);
  }
  return writes.result();
}

/** The moment has come, unless a later run has set another one. */
async function trigger(context: Context, pending: PendingTrigger, token: string): Promise<HelperResult> {
  const latest = await context.remember('latest', () => pending.isLatest(token));
  if (!latest) return { success: true, modifiedData: { superseded: true } };
  const result = await achieve(context, context.config.trigger_goal);
  if (result.success) await pending.settle();
  return result;
}

/** What is asked for, in the words that older receivers of the action know. */
function requestOf({ config, crm, identity }: Context, address: string): Record<string, string> {
  const fields: [name: string, value: string | undefined][] = [
    ['save_time_zone_field', config.save_time_zone],
    ['save_lat_lng_field', config.save_lat_lng],
    ['save_time_zone_offset_field', config.save_time_zone_offset],
    ['trigger_goal', config.trigger_goal],
  ];
  const set = fields.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  const { day, time } = config;
  const request = { address, day, time, contact_id: crm.contactId, helper_id: identity.helperId };
  return { ...request, ...Object.fromEntries(set) };
}

export const timezoneTriggers = defineHelper({
  type: 'timezone_triggers',
  category: 'automation',
  title: 'Timezone Triggers',
  summary: "Achieves a goal at a given weekday and time in the contact's own time zone.",
  rules: [
    "The zone is that of a field of the contact, else of its first address that has any content (found on the map where the platform has a key for it, else by country and state), else of its phone's country when all clocks there show the same. An address whose zone cannot be found takes the fallback zone, with a warning.",
    'Without zone and address the goal for that is achieved, and nothing is scheduled.',
    'Zone, coordinates and offset are saved where fields are configured. The goal follows at the next time strictly after now, with daylight saving respected.',
    'A contact waits for one moment per helper: a new run replaces the one before.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: {
    setContactFieldValue: 'repeatable',
    achieveGoal: { inDoubt: 'ask' },
    keepState: 'repeatable',
    startChildren: 'repeatable',
  },
  reshape: withoutUnset,
  config: timezoneTriggersConfig,

  async run(context) {
    const { config, crm, remember } = context;
    const pending = new PendingTrigger(context);
    if (pending.due !== null) return trigger(context, pending, pending.due);
    const plan = await remember('plan', () => planOf(context));
    if (plan === null) return achieve(context, config.failed_goal);
    const { address, found, dueAt } = plan;
    const { zone, lat, lng } = found;
    const due = DateTime.fromISO(dueAt, { zone });
    const offsetHours = due.offset / MINUTES_OF_HOUR;
    const outputs: [field: string | undefined, value: string][] = [
      [config.save_time_zone, zone],
      [config.save_lat_lng, lat === undefined || lng === undefined ? '' : `${numberText(lat)},${numberText(lng)}`],
      [config.save_time_zone_offset, numberText(offsetHours)],
    ];
    const writes = new PartialWrites(context);
    for (const [field, value] of outputs) {
      if (field === undefined || value === '') continue;
      const action = { type: 'field_updated', target: field, value };
      await writes.attempt(`${field} could not be written`, () => crm.writeField(field, value), action);
    }
    const request = requestOf(context, address);
    const schedule = (): Promise<void> =>
      config.trigger_goal === undefined ? Promise.resolve() : pending.schedule(due.toJSDate());
    const action = { type: 'timezone_trigger_scheduled', target: crm.contactId, value: request };
    await writes.attempt('The trigger could not be scheduled', schedule, action);
    const place = lat === undefined || lng === undefined ? {} : { lat, lng };
    return writes.result({ ...request, time_zone: zone, ...place, offset_hours: offsetHours, scheduled_at: dueAt });
  },
});
