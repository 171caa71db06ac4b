import { z } from 'zod';
import { choice, fieldName, requireOption, text, textList } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { NOTIFICATION_CHANNELS } from '../../_kit/outside-ports.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import { addressOf, addressOptions, checkAddressSource, withAddressSource } from '../../_kit/routing/address-source.js';
import { locationText } from '../../_kit/routing/geo-route.js';
import type { RunContext } from '../../_kit/run-context.js';
import type { IpLocation } from '../../_services/ip-geolocation/ip-location.js';

const config = z
  .object({
    ...addressOptions,
    match_countries: textList('ISO country codes that match, in any letter case', 0).default([]),
    match_regions: textList('Full names of regions that match', 0).default([]),
    apply_tag: text('Tag, by id or name, for a match').optional(),
    save_location_to: fieldName("Contact field for 'City, Region, Country', match or not").optional(),
    notify_by: choice(NOTIFICATION_CHANNELS, 'How somebody is told of a match; nobody when left out').optional(),
    notify_recipient: text(
      "E-mail address, Slack channel or webhook, or URL; the account's owner when left out for e-mail",
    ).optional(),
    notify_subject: text('Subject of the message').default('A contact was located'),
  })
  .superRefine((options, context) => {
    checkAddressSource(options, context);
    const { notify_by: channel, notify_recipient: recipient } = options;
    if (channel !== undefined && channel !== 'email' && recipient === undefined) {
      requireOption(context, 'notify_recipient', `because notify_by is ${channel}`);
    }
  });
type Config = z.output<typeof config>;

/** Either list is enough; without both everybody matches. */
function matches({ match_countries: countries, match_regions: regions }: Config, location: IpLocation): boolean {
  if (countries.length === 0 && regions.length === 0) return true;
  const code = location.countryCode.toLowerCase();
  return countries.some((country) => country.toLowerCase() === code) || regions.includes(location.region);
}

/** Tells somebody, once, by the way that is configured. */
async function notify({ config: options, crm, effect, notifications }: RunContext<Config>, where: string) {
  const { notify_by: channel, notify_recipient: recipient, notify_subject: subject } = options;
  if (channel === undefined) return;
  const message = `Contact ${crm.contactId} was located in ${where === '' ? 'an unknown place' : where}.`;
  const notification = {
    channel,
    subject,
    message,
    contact: { id: crm.contactId, location: where },
    ...(recipient === undefined ? {} : { recipient }),
  };
  const step = {
    step: 'notify',
    operation: 'notify',
    target: recipient ?? 'owner',
    summary: `Notify by ${channel}`,
  } as const;
  await effect(step, (key) => notifications.deliver(notification, key));
}

export const ipNotifications = defineHelper({
  type: 'ip_notifications',
  category: 'automation',
  title: 'IP Notifications',
  summary: 'Tags a contact, stores a location or tells somebody, depending on the country or region of an IP address.',
  rules: [
    'The address is that of the request, else of the contact field, else the configured one. Private addresses are never looked up.',
    'A match in either list is enough; without both lists everything matches. Regions are compared by their full name.',
    'The location is saved whether or not it matches; then, on a match, the tag is applied and the notification sent. What fails is a warning, and the run fails when everything it tried failed.',
    'A location that cannot be found fails the run with `lookup_failed`.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: ['slack'],
  effects: { setContactFieldValue: 'repeatable', applyTag: 'repeatable', notify: { inDoubt: 'skip' } },
  reshape: withAddressSource,
  config,

  async run(context) {
    const { config: options, crm } = context;
    const address = await addressOf(context);
    const location = await context.remember('location', () => context.geolocation.locate(address));
    const where = locationText(location);
    const writes = new PartialWrites(context);
    const { save_location_to: field, apply_tag: tag } = options;
    if (field !== undefined && where !== '') {
      const action = { type: 'field_updated', target: field, value: where };
      await writes.attempt('The location could not be saved', () => crm.writeField(field, where), action);
    }
    const matched = matches(options, location);
    if (matched && tag !== undefined) {
      const action = { type: 'tag_applied', target: crm.contactId, value: tag };
      await writes.attempt('The tag could not be applied', () => crm.applyTag(tag), action);
    }
    if (matched && options.notify_by !== undefined) {
      const action = {
        type: 'notification_sent',
        target: options.notify_recipient ?? 'owner',
        value: options.notify_by,
      };
      await writes.attempt('The notification could not be sent', () => notify(context, where), action);
    }
    return writes.result({
      ip_address: address,
      country: location.country,
      country_code: location.countryCode,
      region: location.region,
      city: location.city,
      location_string: where,
      location_matches: matched,
    });
  },
});
