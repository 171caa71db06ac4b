import { DateTime } from 'luxon';
import { defineHelper } from '../../_kit/define-helper.js';
import { HelperFailure } from '../../_kit/helper-failure.js';
import { instantText } from '../../_kit/routing/route-zone.js';
import type { RunContext } from '../../_kit/run-context.js';
import { toRunFailure } from '../../_kit/run-failure.js';
import { countdownTimerAliases, countdownTimerConfig, type CountdownTimerConfig } from './countdown-timer.config.js';
import { durationMs, readDeadline, readInstant } from './deadline.js';

type Context = RunContext<CountdownTimerConfig>;

const DAY_MS = 24 * 60 * 60 * 1000;
/** How long a URL shows zero before it stops working. */
const SHOWN_AFTER_MS = 7 * DAY_MS;
/** How long an evergreen deadline that has passed stays the contact's deadline. */
const KEPT_AFTER_MS = 365 * DAY_MS;

const utc = (at: Date): DateTime => DateTime.fromJSDate(at, { zone: 'utc' });

function endOfDuration({ config }: Context, now: Date): DateTime {
  const { addDays: days, addHours: hours, addMinutes: minutes } = config;
  return utc(new Date(now.getTime() + durationMs({ days, hours, minutes })));
}

/** The contact's own deadline: the first run decides, also when several come at once. */
async function evergreen(context: Context, now: Date): Promise<DateTime> {
  const { effect, identity, state } = context;
  const { accountId, helperId, contactId = '' } = identity;
  if (contactId === '') throw new HelperFailure('contact_required', 'give_up', 'An evergreen timer needs a contact.');
  const key = `${accountId}:${helperId}:${contactId}`;
  const fresh = endOfDuration(context, now);
  const next = fresh.toISO({ suppressMilliseconds: true }) ?? '';
  const keepUntil = new Date(fresh.toMillis() + KEPT_AFTER_MS);
  const intent = { step: 'deadline', operation: 'keepState', target: contactId, summary: 'Keep the deadline' } as const;
  const { value } = await effect(intent, () => state.compareAndSet({ key, expected: null, next, keepUntil }));
  return readInstant(value ?? next) ?? fresh;
}

async function deadlineOf(context: Context, now: Date): Promise<DateTime> {
  const { config, crm } = context;
  switch (config.timerType) {
    case 'standard':
      return readInstant(config.endTime ?? '') ?? utc(now);
    case 'contact_field':
      return readDeadline(await crm.readField(config.contactField ?? ''), config.timezone);
    case 'evergreen':
      return evergreen(context, now);
    case 'dynamic':
      return endOfDuration(context, now);
  }
}

/** Instant and deadline of this execution, the same in each delivery, so that its URL is the same one. */
const decide = (context: Context) =>
  context.remember('timer', async () => {
    const now = context.clock.now();
    const deadline = await deadlineOf(context, now);
    const expiresAt = deadline.toISO({ suppressMilliseconds: true }) ?? '';
    return { generatedAt: instantText(utc(now)), expiresAt, expiresAtMs: deadline.toMillis() };
  });

export const countdownTimer = defineHelper({
  type: 'countdown_timer',
  category: 'automation',
  title: 'Countdown Timer',
  summary:
    'Makes a signed URL of a countdown image or page with a fixed, contact-specific or per-contact rolling deadline.',
  rules: [
    'The deadline of a `standard` timer is fixed and may have passed. `contact_field` reads it from the contact: a date without a time of day is the end of that day. `evergreen` begins with the contact’s first run and never begins again. `dynamic` begins with each run.',
    'An evergreen deadline is kept for a year after it has passed.',
    'The URL shows an animated picture in mails and a page in browsers; for a week after the deadline it shows zero.',
    'A field without a readable date fails with `date_not_recognised`. Saving the URL cannot fail the run.',
  ],
  requiresCrm: false,
  requiresContact: false,
  platforms: [],
  services: [],
  effects: { keepState: 'repeatable', setContactFieldValue: 'repeatable' },
  aliases: countdownTimerAliases,
  config: countdownTimerConfig,

  async run(context) {
    const { config, connected, crm, identity, links } = context;
    const { accountId, helperId, contactId = '' } = identity;
    const { generatedAt, expiresAt, expiresAtMs } = await decide(context);
    const claims = {
      contact_id: contactId,
      account_id: accountId,
      helper_id: helperId,
      expires_at: Math.floor(expiresAtMs / 1000),
      bg_color: config.backgroundColor,
      digit_color: config.digitColor,
      label_color: config.labelColor,
      transparent_bg: config.transparentBg,
    };
    const url = await links.sign('timer', claims, { expiresAt: new Date(expiresAtMs + SHOWN_AFTER_MS) });
    const actions = [{ type: 'timer_generated', target: contactId, value: url }];
    const { save_url_field: field } = config;
    if (field !== undefined && connected && contactId !== '') {
      try {
        await crm.writeField(field, url);
        actions.push({ type: 'field_updated', target: field, value: url });
      } catch (error) {
        context.warn(`The URL could not be saved: ${toRunFailure(error).message}`);
      }
    }
    return {
      success: true,
      modifiedData: {
        timer_url: url,
        expires_at: expiresAt,
        timer_type: config.timerType,
        generated_at: generatedAt,
      },
      actions,
    };
  },
});
