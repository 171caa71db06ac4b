import { button, facts, greeting, paragraph, when } from '../mail-content.js';
import type { MailBlock, MailWriters } from '../mail-content.js';
import { amountText, dayText, numberText } from '../wording.js';

type BillingMail =
  | 'subscription_welcome'
  | 'subscription_updated'
  | 'subscription_canceled'
  | 'trial_ending'
  | 'payment_failed'
  | 'payment_succeeded'
  | 'invoice_generated'
  | 'usage_alert';

const billingPage = (appUrl: string, label = 'Open billing'): MailBlock =>
  button(label, `${appUrl}/settings?tab=billing`);

const of = (account: string | undefined): string => (account === undefined ? '' : ` of ${account}`);

const CHANGES = {
  upgraded: 'was upgraded to',
  downgraded: 'was downgraded to',
  changed: 'was changed to',
  resumed: 'goes on with',
} as const;

export const billingWriters: MailWriters<BillingMail> = {
  subscription_welcome: ({ name, account_name, plan_name, trial_ends_at }, { appUrl }) => ({
    subject: `You are on the plan ${plan_name}`,
    heading: `Welcome to ${plan_name}`,
    blocks: [
      greeting(name),
      paragraph(`The subscription${of(account_name)} is active. Thank you!`),
      ...facts(['Plan', plan_name], ['Trial until', trial_ends_at && dayText(trial_ends_at)]),
      billingPage(appUrl),
    ],
  }),
  subscription_updated: ({ name, account_name, plan_name, change, former_plan_name, effective_at }, { appUrl }) => ({
    subject: `Your plan ${CHANGES[change]} ${plan_name}`,
    heading: 'Your plan changed',
    blocks: [
      greeting(name),
      paragraph(`The subscription${of(account_name)} ${CHANGES[change]} ${plan_name}.`),
      ...facts(['Plan', plan_name], ['Before', former_plan_name], ['From', effective_at && dayText(effective_at)]),
      billingPage(appUrl),
    ],
  }),
  subscription_canceled: ({ name, account_name, plan_name, ends_at }, { appUrl }) => ({
    subject: `Your plan ${plan_name} was cancelled`,
    heading: 'Your plan was cancelled',
    blocks: [
      greeting(name),
      paragraph(`The subscription${of(account_name)} was cancelled. It works until ${dayText(ends_at)}.`),
      paragraph('Until then you can take it up again with one click.'),
      billingPage(appUrl, 'Resume the plan'),
    ],
  }),
  trial_ending: ({ name, account_name, plan_name, ends_at, amount }, { appUrl }) => ({
    subject: `Your trial of ${plan_name} ends on ${dayText(ends_at)}`,
    heading: 'Your trial ends soon',
    blocks: [
      greeting(name),
      paragraph(`The trial${of(account_name)} of the plan ${plan_name} ends on ${dayText(ends_at)}.`),
      ...when(amount, (due) => paragraph(`It goes on as a subscription for ${amountText(due)} a period.`)),
      billingPage(appUrl),
    ],
  }),
  payment_failed: ({ name, account_name, plan_name, amount, grace_until, pay_url }, { appUrl }) => ({
    subject: 'Your payment did not go through',
    heading: 'Your payment did not go through',
    blocks: [
      greeting(name),
      paragraph(`We could not collect ${amountText(amount)} for the plan ${plan_name}${of(account_name)}.`),
      ...when(grace_until, (until) => paragraph(`Everything keeps working until ${dayText(until)}.`)),
      pay_url === undefined ? billingPage(appUrl, 'Check the payment method') : button('Pay now', pay_url),
    ],
  }),
  payment_succeeded: ({ name, account_name, plan_name, amount, invoice_number, invoice_url }) => ({
    subject: `Thank you for your payment of ${amountText(amount)}`,
    heading: 'Payment received',
    blocks: [
      greeting(name),
      paragraph(`We received your payment for the plan ${plan_name}${of(account_name)}.`),
      ...facts(['Amount', amountText(amount)], ['Invoice', invoice_number]),
      ...when(invoice_url, (url) => button('See the invoice', url)),
    ],
  }),
  invoice_generated: ({ name, account_name, plan_name, amount, invoice_number, invoice_url, due_at }, { appUrl }) => ({
    subject: `Your invoice${invoice_number === undefined ? '' : ` ${invoice_number}`}`,
    heading: 'A new invoice',
    blocks: [
      greeting(name),
      paragraph(`There is a new invoice for the plan ${plan_name}${of(account_name)}.`),
      ...facts(['Amount', amountText(amount)], ['Invoice', invoice_number], ['Due', due_at && dayText(due_at)]),
      invoice_url === undefined ? billingPage(appUrl) : button('See the invoice', invoice_url),
    ],
  }),
  usage_alert: ({ name, account_name, plan_name, resource_name, percent, current, limit, resets_at }, { appUrl }) => ({
    subject: `${account_name} used ${percent} % of its ${resource_name}`,
    heading: percent >= 100 ? 'The limit is reached' : 'The limit is near',
    blocks: [
      greeting(name),
      paragraph(`${account_name} used ${percent} % of the ${resource_name} that its plan contains.`),
      ...facts(
        ['Used', `${numberText(current)} of ${numberText(limit)}`],
        ['Plan', plan_name],
        ['Counts anew from', resets_at && dayText(resets_at)],
      ),
      billingPage(appUrl, 'Look at the plans'),
    ],
  }),
};
