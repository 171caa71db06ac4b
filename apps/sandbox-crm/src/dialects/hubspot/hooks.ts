import { createHmac, randomInt } from 'node:crypto';
import type { Teller, Telling } from '../../hooks/contact-hooks.js';
import type { ContactRecord } from '../../store/records.js';
import { portalIdOf } from './oauth.js';
import { propertiesOfContacts } from './properties.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Ten further attempts within a day. */
const PAUSES = [0, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, ...Array.from({ length: 6 }, () => 3 * HOUR)];
const APP_ID = 1;
const SUBSCRIPTIONS = { 'contact.creation': 1, 'contact.deletion': 2, 'contact.propertyChange': 3 } as const;
type SubscriptionType = keyof typeof SUBSCRIPTIONS;

interface Event {
  subscriptionType: SubscriptionType;
  propertyName?: string;
  propertyValue?: string;
}

/** A list of events, to the address of our app, for every portal. */
export const tellLikeHubSpot: Teller = (telling) => {
  const target = telling.settings.hubspot;
  if (target === undefined) return [];
  const events = eventsOf(telling);
  if (events.length === 0) return [];
  return telling.accounts.map((account) => {
    const list = events.map((event) => wireEvent(telling, event, portalIdOf(account)));
    let attemptNumber = -1;
    return {
      url: target.url,
      pausesMs: PAUSES,
      message: () => {
        attemptNumber += 1;
        return signed(target, JSON.stringify(list.map((event) => ({ ...event, attemptNumber }))));
      },
    };
  });
};

function eventsOf({ change: { before, after }, store }: Telling): Event[] {
  if (before === undefined) return [{ subscriptionType: 'contact.creation' }];
  if (after === undefined) return [{ subscriptionType: 'contact.deletion' }];
  return [...propertiesOfContacts(store).values()].flatMap(({ name, write, read }): Event[] => {
    const value = (contact: ContactRecord): string => read(contact, store);
    if (write === undefined || value(before) === value(after)) return [];
    return [{ subscriptionType: 'contact.propertyChange', propertyName: name, propertyValue: value(after) }];
  });
}

const wireEvent = ({ change }: Telling, event: Event, portalId: number) => ({
  eventId: randomInt(1, 2 ** 31),
  subscriptionId: SUBSCRIPTIONS[event.subscriptionType],
  portalId,
  appId: APP_ID,
  occurredAt: change.at.getTime(),
  objectId: Number(change.contactId),
  changeSource: change.dialect === 'hubspot' ? 'INTEGRATION' : 'CRM_UI',
  ...event,
});

function signed({ url, secret }: { url: string; secret: string }, body: string) {
  const timestamp = String(Date.now());
  const signature = createHmac('sha256', secret).update(`POST${url}${body}${timestamp}`).digest('base64');
  const headers = {
    'content-type': 'application/json',
    'X-HubSpot-Signature-v3': signature,
    'X-HubSpot-Request-Timestamp': timestamp,
  };
  return { headers, body };
}
