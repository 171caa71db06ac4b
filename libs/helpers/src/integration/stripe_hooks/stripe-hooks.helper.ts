import { z } from 'zod';
import { flag, text, textList } from '../../_kit/config/options.js';
import type { ContactCrm } from '../../_kit/crm/contact-crm.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { HelperFailure } from '../../_kit/helper-failure.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import type { RunContext } from '../../_kit/run-context.js';
import { fetchStripeCustomer } from '../../_services/stripe/stripe-client.js';
import { applyTagTo } from '../apply-tag.js';
import { readStripeEvent, type StripeEvent } from './stripe-event.js';

/** Stripe sends an event again for up to three days. */
const REMEMBERED_SECONDS = 4 * 24 * 60 * 60;

const config = z.object({
  selected_events: textList('Types of events that count, for instance charge.succeeded'),
  goal_name: text('Goal to achieve').optional(),
  event_tags: z.array(z.string()).meta({ description: 'Tags to apply, by id or name' }).default([]),
  create_contact: flag('Create a contact for a customer that the CRM does not know').default(false),
});
type Context = RunContext<z.output<typeof config>>;

/** The contact of the run, else the one with the customer's address; null when the CRM knows none. */
async function contactOf(context: Context, event: StripeEvent): Promise<ContactCrm | null> {
  const { config: options, crm, identity } = context;
  if ((identity.contactId ?? '') !== '') return crm;
  const customer =
    event.email === '' && event.customerId !== ''
      ? await context.remember('customer', () => fetchStripeCustomer(context, event.customerId))
      : { email: event.email, name: event.name };
  if (customer.email === '') {
    throw new HelperFailure('missing_email', 'give_up', 'The event names no address and the run no contact.');
  }
  const known = await context.remember('contact', async () => {
    const { contacts } = await crm.getContacts({ email: customer.email, limit: 1 });
    return contacts.find(({ email }) => email.toLowerCase() === customer.email.toLowerCase())?.id ?? null;
  });
  if (known !== null) return crm.forContact(known);
  if (!options.create_contact) return null;
  const [, first = '', last = ''] = /^(\S*)\s*(.*)$/su.exec(customer.name) ?? [];
  const { id } = await crm.createContact({ first_name: first, last_name: last, email: customer.email });
  return crm.forContact(id);
}

export const stripeHooks = defineHelper({
  type: 'stripe_hooks',
  category: 'integration',
  title: 'Stripe Hooks',
  summary: 'Achieves a goal and applies tags when a chosen Stripe event arrives for a contact.',
  rules: [
    'The input of the run is the Stripe event. Without one nothing happens.',
    'An event that is not selected is skipped with success; so is one that this helper has already handled.',
    "The contact is that of the run, else the one with the customer's e-mail address, which Stripe is asked for when the event lacks it. An unknown customer is skipped, or becomes a contact when asked.",
    'The goal comes first, then the tags in order. What fails is a warning; the run fails when everything did.',
  ],
  requiresCrm: true,
  requiresContact: false,
  platforms: [],
  services: ['stripe'],
  effects: {
    achieveGoal: { inDoubt: 'ask' },
    applyTag: 'repeatable',
    createContact: { inDoubt: 'ask' },
    count: 'repeatable',
  },
  config,

  async run(context) {
    const { config: options, counters, identity } = context;
    const tags = options.event_tags.map((tag) => tag.trim()).filter((tag) => tag !== '');
    const event = readStripeEvent(context.input);
    if (event === null) {
      const { selected_events: events, goal_name: goal = '' } = options;
      return { success: true, modifiedData: { configured_events: events, goal_name: goal, event_tags: tags } };
    }
    const about = { event_type: event.type, event_id: event.id };
    const skipped = (reason: string) => ({
      success: true,
      modifiedData: { ...about, processed: false, skip_reason: reason },
    });
    if (!options.selected_events.includes(event.type)) return skipped('event_not_selected');
    const crm = await contactOf(context, event);
    if (crm === null) return skipped('contact_not_found');
    if (event.id !== '') {
      const key = `stripe_event:${identity.helperId}:${event.id}`;
      const { allowed } = await counters.countInWindow(key, 1, REMEMBERED_SECONDS, 'event');
      if (!allowed) return skipped('duplicate_event');
    }
    const writes = new PartialWrites(context);
    const { goal_name: goal } = options;
    if (goal !== undefined) {
      await writes.attempt(`Goal ${goal} could not be achieved`, () => crm.achieveGoal(goal), {
        type: 'goal_achieved',
        target: crm.contactId,
        value: goal,
      });
    }
    for (const tag of tags) await applyTagTo(crm, writes, tag);
    return writes.result({ ...about, processed: true });
  },
});
