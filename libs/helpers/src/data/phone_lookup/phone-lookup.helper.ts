import { z } from 'zod';
import { choice, fieldName, flag, text } from '../../_kit/config/options.js';
import { GOAL_INTEGRATION } from '../../_kit/crm/contact-crm.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import type { RunContext } from '../../_kit/run-context.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { lookUpNumber, type TwilioLookup } from '../../_services/twilio/twilio-lookup.js';
import { countryOf, readPhone, type ReadPhone } from './read-phone.js';

const goal = (what: string) => text(`Call name of the goal for ${what}; CRMs without goals take a tag`).optional();
const tag = (what: string) => text(`Tag, by id or name, for ${what}`).optional();

const config = z.object({
  phone_field: fieldName('Contact field with the number').meta({ default: 'Phone1' }),
  country_code: text('ISO country of numbers without international prefix').default('US'),
  valid_goal: goal('a valid number'),
  invalid_goal: goal('an invalid number'),
  empty_goal: goal('an empty field'),
  valid_tag: tag('a valid number'),
  invalid_tag: tag('an invalid number'),
  empty_tag: tag('an empty field'),
  integration: text('Integration name of the goals').default(GOAL_INTEGRATION),
  save_formatted_to: fieldName('Contact field for the number, written when it is valid').optional(),
  save_format: choice(['digits', 'e164', 'national'], 'How the number is stored').default('digits'),
  carrier_lookup: flag("Asks Twilio about carrier and line type, through the helper's Twilio connection").default(
    false,
  ),
});
type Context = RunContext<z.output<typeof config>>;
type Status = 'valid' | 'invalid' | 'empty';

/** Goal first, then tag, then field. */
async function report(context: Context, status: Status, stored: string): Promise<PartialWrites> {
  const { config: options, crm } = context;
  const writes = new PartialWrites(context);
  const goalName = options[`${status}_goal`];
  const tagName = options[`${status}_tag`];
  if (goalName !== undefined) {
    const action = { type: 'goal_achieved', target: crm.contactId, value: goalName };
    const achieve = (): Promise<void> => crm.achieveGoal(goalName, options.integration);
    await writes.attempt(`Goal ${goalName} could not be achieved`, achieve, action);
  }
  if (tagName !== undefined) {
    const action = { type: 'tag_applied', target: crm.contactId, value: tagName };
    await writes.attempt('The tag could not be applied', () => crm.applyTag(tagName), action);
  }
  const { save_formatted_to: field } = options;
  if (status === 'valid' && field !== undefined) {
    const action = { type: 'field_updated', target: field, value: stored };
    await writes.attempt(`${field} could not be written`, () => crm.writeField(field, stored), action);
  }
  return writes;
}

async function askTwilio(context: Context, phone: ReadPhone, country: string): Promise<TwilioLookup> {
  const { accountId, apiKey = '', apiSecret = '' } = await context.services.connection('twilio');
  const account = { accountSid: accountId ?? apiKey, user: apiKey, password: apiSecret };
  return lookUpNumber(context, account, phone.e164 === '' ? phone.digits : phone.e164, country);
}

/** As the field is written; a number that has no such form is stored as digits. */
function storedForm({ digits, e164, national }: ReadPhone, format: 'digits' | 'e164' | 'national'): string {
  const form = { digits, e164, national }[format];
  return form === '' ? digits : form;
}

export const phoneLookup = defineHelper({
  type: 'phone_lookup',
  category: 'data',
  title: 'Phone Lookup',
  summary:
    'Checks a phone number and achieves a goal for valid, invalid or empty; optionally stores the cleaned number.',
  rules: [
    'A number is valid when its length and shape can exist in the numbering plan of its country; the output also says whether its range is in use, its kind, its country and its extension, which is no part of the number.',
    'Goal first, then tag, then, for a valid number, the field: bare digits unless another form is chosen. What fails is a warning, and the run fails when everything it tried failed.',
    'With the carrier lookup a number that Twilio does not know is invalid.',
    'A field that cannot be read fails the run, and nothing is done.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: ['twilio'],
  effects: { achieveGoal: { inDoubt: 'ask' }, applyTag: 'repeatable', setContactFieldValue: 'repeatable' },
  config,

  async run(context) {
    const { config: options, crm, remember } = context;
    const raw = fieldText(await crm.readField(options.phone_field));
    if (raw === '') return (await report(context, 'empty', '')).result({ status: 'empty' });
    const country = countryOf(options.country_code);
    const phone = await readPhone(raw, country);
    if (phone.digits === '') {
      return (await report(context, 'invalid', '')).result({ status: 'invalid', raw_number: raw });
    }
    const asks = options.carrier_lookup && phone.valid;
    const lookup = asks ? await remember('lookup', () => askTwilio(context, phone, country)) : null;
    const status = phone.valid && lookup?.valid !== false ? 'valid' : 'invalid';
    const writes = await report(context, status, storedForm(phone, options.save_format));
    return writes.result({
      status,
      number: phone.digits,
      country_code: country,
      raw_number: raw,
      contact_id: crm.contactId,
      e164: phone.e164,
      national_format: phone.national,
      number_country: phone.country,
      number_type: phone.type,
      extension: phone.extension,
      assigned: phone.assigned,
      ...(lookup === null ? {} : { carrier: lookup.carrier, line_type: lookup.lineType }),
    });
  },
});
