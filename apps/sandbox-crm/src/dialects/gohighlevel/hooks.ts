import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { DEMO_LOCATION } from '../../demo-facts.js';
import type { Teller, Telling } from '../../hooks/contact-hooks.js';
import type { HookDelivery } from '../../hooks/hook-sender.js';
import { contactView } from './contact-view.js';
import { ownLocation } from './location.js';

const MINUTE = 60_000;
const PAUSES = [0, 10 * MINUTE, 10 * MINUTE, 10 * MINUTE];

/** The whole contact, to the address of our app, for every location that has it. */
export const tellLikeGoHighLevel: Teller = (telling) => {
  const { settings, accounts } = telling;
  const target = settings.gohighlevel;
  if (target === undefined) return [];
  const locations = new Set([DEMO_LOCATION, ...accounts.map(ownLocation)]);
  return typesOf(telling).flatMap((type) =>
    [...locations].map((location) => deliveryOf(target, bodyOf(telling, type, location))),
  );
};

function typesOf({ change: { before, after, edited, tagsAdded, tagsRemoved } }: Telling): string[] {
  if (before === undefined) return ['ContactCreate'];
  if (after === undefined) return ['ContactDelete'];
  const tagged = tagsAdded.length + tagsRemoved.length > 0;
  return [...(edited ? ['ContactUpdate'] : []), ...(tagged ? ['ContactTagUpdate'] : [])];
}

function bodyOf({ change, store }: Telling, type: string, location: string): string {
  const contact = change.after ?? change.before;
  const { type: kind, ...view } = contact === undefined ? {} : contactView(contact, store, location);
  const about = { type, locationId: location, id: change.contactId, versionId: kind };
  return JSON.stringify({ ...view, ...about, timestamp: change.at.toISOString(), webhookId: randomUUID() });
}

/** Signed in the header that belongs to the kind of key. */
function deliveryOf({ url, privateKey }: { url: string; privateKey: string }, body: string): HookDelivery {
  const key = createPrivateKey(privateKey);
  const byEdwards = key.asymmetricKeyType === 'ed25519';
  const signature = sign(byEdwards ? null : 'RSA-SHA256', Buffer.from(body), key).toString('base64');
  const headers = {
    'content-type': 'application/json',
    [byEdwards ? 'x-ghl-signature' : 'x-wh-signature']: signature,
  };
  return { url, message: () => ({ headers, body }), pausesMs: PAUSES };
}
