import { defineHelper } from '../../_kit/define-helper.js';
import type { HelperAction, HelperResult } from '../../_kit/helper-result.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import type { RunContext } from '../../_kit/run-context.js';
import { readAddress } from '../marketing-address.js';
import { askForConfirmation, confirmationIn, requireRequest } from './confirmation.js';
import { optInConfig, type OptInConfig } from './opt-in.config.js';

type Context = RunContext<OptInConfig>;

async function tagContact({ crm }: Context, tag: string | undefined, writes: PartialWrites): Promise<void> {
  if (tag === undefined) return;
  const action = { type: 'tag_applied', target: crm.contactId, value: tag };
  await writes.attempt(`Tag ${tag} could not be applied`, () => crm.applyTag(tag), action);
}

async function optInNow(context: Context, confirmed: boolean, writes: PartialWrites): Promise<void> {
  const { config, crm } = context;
  await crm.setOptInStatus(true, config.reason);
  await tagContact(context, config.confirmed_tag, writes);
  const pending = config.confirmation_tag;
  if (!confirmed || pending === undefined || pending === config.confirmed_tag) return;
  const action = { type: 'tag_removed', target: crm.contactId, value: pending };
  await writes.attempt(`Tag ${pending} could not be removed`, () => crm.removeTag(pending), action);
}

function report({ config, crm }: Context, email: string, did: HelperAction[], more = {}): HelperResult {
  const tags = { confirmation_tag: config.confirmation_tag ?? '', confirmed_tag: config.confirmed_tag ?? '' };
  return {
    success: true,
    modifiedData: {
      email,
      contact_id: crm.contactId,
      action: 'opt_in',
      reason: config.reason,
      double_opt_in: config.double_opt_in,
      ...(config.double_opt_in ? tags : {}),
      ...more,
    },
    actions: did,
  };
}

export const optIn = defineHelper({
  type: 'opt_in',
  category: 'contact',
  title: 'Opt In',
  summary: "Opts the contact's e-mail address in to marketing, at once or after the contact has confirmed.",
  rules: [
    'Single opt-in: the status is set first and must succeed; then the confirmed tag is applied, which may fail with a warning.',
    'Double opt-in: a message with a signed link is sent, valid for 7 days, and the pending tag applied. When the contact confirms on the page, the status is set, the confirmed tag applied and the pending tag removed; the output keeps time, address and source as proof of consent.',
    'A confirmation counts only for the contact and the address that were asked.',
    'A contact without an address, or with one that cannot be an address, ends the run without success, and nothing is done.',
    'CRMs keep the status for the main address of a contact: with another field the run warns when the addresses differ.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: ['keap'],
  services: [],
  effects: {
    setOptInStatus: 'repeatable',
    applyTag: 'repeatable',
    removeTag: 'repeatable',
    keepState: 'repeatable',
    sendMail: { inDoubt: 'repeat' },
  },
  config: optInConfig,

  async run(context) {
    const { config, crm, input } = context;
    const address = await readAddress(context, config.email_field);
    if (!address.ok) return { success: false, failure: address.failure };
    const { email } = address;
    const writes = new PartialWrites(context);
    const confirmation = confirmationIn(input);
    if (confirmation !== null) {
      await requireRequest(context, confirmation, email);
      await optInNow(context, true, writes);
      const consent = { confirmed_at: confirmation.confirmedAt, address: email, source: confirmation.source };
      return report(context, email, [opted(crm.contactId, email), ...writes.actions], { consent });
    }
    if (config.double_opt_in) {
      await askForConfirmation(context, email);
      await tagContact(context, config.confirmation_tag, writes);
      const asked = { type: 'confirmation_requested', target: crm.contactId, value: email };
      return report(context, email, [asked, ...writes.actions]);
    }
    await optInNow(context, false, writes);
    return report(context, email, [opted(crm.contactId, email), ...writes.actions]);
  },
});

function opted(contactId: string, email: string): HelperAction {
  return { type: 'opted_in', target: contactId, value: email };
}
