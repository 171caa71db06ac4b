import { z } from 'zod';
import { fieldName } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import { fieldText } from '../../_kit/text/field-text.js';

export const ipLocation = defineHelper({
  type: 'ip_location',
  category: 'data',
  title: 'IP Location',
  summary:
    'Looks up where an IP address stored on the contact is located and stores city, region, country and postal code.',
  rules: [
    'An empty field is no error: nothing is looked up or written.',
    'A text that is no IPv4 or IPv6 address fails with `invalid_ip_address`. Private and reserved addresses fail with `lookup_failed`; neither is looked up.',
    'Only configured fields whose value is known are written, in the order city, state, country, zip. State is the full name of the region.',
    'A field that cannot be written is a warning; the run fails when none could be.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: 'repeatable' },
  config: z.object({
    ip_field: fieldName('Contact field with the IP address'),
    city_field: fieldName('Contact field for the city').optional(),
    state_field: fieldName("Contact field for the region's full name").optional(),
    country_field: fieldName("Contact field for the country's name").optional(),
    zip_field: fieldName('Contact field for the postal code').optional(),
  }),

  async run(context) {
    const { config, crm, geolocation, remember } = context;
    const address = fieldText(await crm.readField(config.ip_field)).trim();
    if (address === '') return { success: true };
    const location = await remember('location', () => geolocation.locate(address));
    const { city, region, country, zip } = location;
    const outputs: [field: string | undefined, value: string][] = [
      [config.city_field, city],
      [config.state_field, region],
      [config.country_field, country],
      [config.zip_field, zip],
    ];
    const writes = new PartialWrites(context);
    for (const [field, value] of outputs) {
      if (field === undefined || value === '') continue;
      const action = { type: 'field_updated', target: field, value };
      await writes.attempt(`${field} could not be written`, () => crm.writeField(field, value), action);
    }
    return writes.result({
      ip_address: address,
      city,
      state: region,
      country,
      country_code: location.countryCode,
      zip,
      latitude: location.latitude,
      longitude: location.longitude,
      timezone: location.timezone,
      isp: location.isp,
    });
  },
});
