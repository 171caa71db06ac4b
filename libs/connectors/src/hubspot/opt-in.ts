import type { ConnectionMemory } from '../_kit/connection-memory.js';
import type { VendorClient } from '../_kit/call/vendor-client.js';
import type { ConnectorError } from '../_kit/connector-error.js';
import { refuse } from '../_kit/refuse.js';
import { paths } from './paths.js';
import { SubscriptionStatuses, SubscriptionTypes, type SubscriptionType } from './schemas.js';

const operation = 'setOptInStatus';
const CHANNEL = 'EMAIL';
/** The vendor asks for an explanation where its portal keeps to the GDPR. */
const NO_REASON = 'Not stated';

/**
 * Ends all marketing mail to an address, whatever the subscription.
 * @throws ConnectorError `validation` when the vendor says inside its success that it could not
 */
export async function optOut(client: VendorClient, contactId: string, address: string): Promise<void> {
  const { numErrors } = await client.call({
    operation,
    method: 'POST',
    path: paths.unsubscribeAll(address),
    target: `contacts/${contactId}/subscriptions`,
    query: { channel: CHANNEL },
    repeatable: true,
    answer: SubscriptionStatuses,
  });
  if (numErrors) throw unchanged(client);
}

/**
 * Subscribes an address to the portal's marketing mail.
 * @throws ConnectorError `validation` when the address stayed as it was
 */
export async function optIn(
  client: VendorClient,
  memory: ConnectionMemory,
  contactId: string,
  address: string,
  reason: string,
): Promise<void> {
  const subscriptionId = await memory.recall('subscription', () => marketingSubscription(client));
  const { results, numErrors } = await client.call({
    operation,
    method: 'POST',
    path: paths.subscription(address),
    target: `contacts/${contactId}/subscriptions`,
    json: {
      channel: CHANNEL,
      statusState: 'SUBSCRIBED',
      subscriptionId,
      legalBasis: 'CONSENT_WITH_NOTICE',
      legalBasisExplanation: reason.trim() === '' ? NO_REASON : reason,
    },
    repeatable: true,
    answer: SubscriptionStatuses,
  });
  const status = results?.[0]?.status ?? 'SUBSCRIBED';
  if (numErrors || status !== 'SUBSCRIBED') throw unchanged(client);
}

const unchanged = (client: VendorClient): ConnectorError =>
  refuse(client.platform, operation, 'validation', 'HubSpot keeps the address as it was', true);

/** The one marketing mail goes by: the vendor's default type, else the oldest of the portal's own. */
async function marketingSubscription(client: VendorClient): Promise<number> {
  const { results } = await client.call({
    operation,
    method: 'GET',
    path: paths.subscriptionTypes,
    target: 'subscription-types',
    repeatable: true,
    answer: SubscriptionTypes,
  });
  const usable = results.filter((type) => type.isActive !== false && isForMarketing(type));
  const [first] = usable.sort((a, b) => Number(b.isDefault === true) - Number(a.isDefault === true) || a.id - b.id);
  if (first !== undefined) return first.id;
  const message = 'The portal has no active subscription type for marketing e-mail: make one in HubSpot’s settings';
  throw refuse(client.platform, operation, 'validation', message);
}

function isForMarketing({ purpose, communicationMethod, isInternal }: SubscriptionType): boolean {
  if (/one.?to.?one/i.test(communicationMethod ?? '')) return false;
  return purpose ? /marketing/i.test(purpose) : isInternal !== true;
}
