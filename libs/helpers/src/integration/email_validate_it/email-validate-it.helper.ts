import { z } from 'zod';
import { choice, fieldName, flag, text } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import type { HelperResult } from '../../_kit/helper-result.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import type { RunContext } from '../../_kit/run-context.js';
import { readEmailAddress } from '../../_kit/text/email-address.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { knownOrAsked } from './known-verdicts.js';
import { takesMail } from './mail-domain.js';

const emailValidateItConfig = z.object({
  validation_provider: choice(
    ['basic', 'klean13'],
    'Who checks: the form of the address and its domain, or klean13',
  ).default('basic'),
  email_field: fieldName('Field with the address').default('Email'),
  result_field: fieldName('Field that receives valid or invalid'),
  check_mx: flag('basic: asks whether the domain takes mail').default(true),
  valid_goal: text('Goal for valid addresses').optional(),
  invalid_goal: text('Goal for invalid addresses').optional(),
  cache_results: flag('klean13: uses what was found in the last three days').default(true),
});

type Context = RunContext<z.output<typeof emailValidateItConfig>>;

interface Finding {
  valid: boolean;
  /** Beside status and address, as the output shows it. */
  details: Record<string, unknown>;
}

const invalid = (reason: string): Finding => ({ valid: false, details: { reason } });

async function checked(context: Context, email: string): Promise<Finding> {
  const { config, dns } = context;
  if (email === '') return invalid('empty');
  if (config.validation_provider === 'klean13') {
    const { valid, reason, deliverable, cacheHit } = await knownOrAsked(context, email, config.cache_results);
    return { valid, details: { reason, deliverable, cache_hit: cacheHit } };
  }
  const address = readEmailAddress(email);
  if (address === null) return invalid('format');
  if (config.check_mx && !(await takesMail(dns, address.domain))) return invalid('no_mx_records');
  return { valid: true, details: { check_mx: config.check_mx } };
}

/** The result is what the run is for: when it cannot be written, the run fails before any goal. */
async function report(context: Context, email: string, { valid, details }: Finding): Promise<HelperResult> {
  const { config, crm } = context;
  const status = valid ? 'valid' : 'invalid';
  const { result_field: field } = config;
  await crm.writeField(field, status);
  const writes = new PartialWrites(context);
  const goal = valid ? config.valid_goal : config.invalid_goal;
  if (goal !== undefined) {
    const action = { type: 'goal_achieved', target: crm.contactId, value: goal };
    await writes.attempt(`Goal ${goal} could not be achieved`, () => crm.achieveGoal(goal), action);
  }
  return {
    success: true,
    modifiedData: { status, ...(email === '' ? {} : { email }), ...details, [field]: status },
    actions: [{ type: 'field_updated', target: field, value: status }, ...writes.actions],
  };
}

export const emailValidateIt = defineHelper({
  type: 'email_validate_it',
  category: 'integration',
  title: 'Email Validate It',
  summary:
    'Checks an e-mail address of the contact, writes valid or invalid to a field and achieves a goal for either.',
  rules: [
    'basic: the address must have a form that mail servers take, also in other scripts; with `check_mx` its domain must name mail hosts or have an address. A domain that says it takes no mail is invalid.',
    'A name server that does not answer says nothing about the address: the run is tried again and writes nothing.',
    'klean13: valid when the service says both valid and deliverable. What was found for the account in the last three days is used again.',
    'An empty address is invalid. A field that cannot be read, or a result that cannot be written, fails the run; a goal that is refused is a warning.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: 'repeatable', achieveGoal: { inDoubt: 'ask' } },
  config: emailValidateItConfig,

  async run(context) {
    const { config, crm, remember } = context;
    const { email, ...finding } = await remember('finding', async () => {
      const address = fieldText(await crm.readField(config.email_field)).trim();
      return { email: address, ...(await checked(context, address)) };
    });
    return report(context, email, finding);
  },
});
