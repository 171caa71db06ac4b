import { one } from '../../server/form.js';
import { emailStatusOf, isOptedIn, setOptIn } from '../../store/email-status.js';
import { isoTime } from '../../store/iso-time.js';
import { Refusal, type Call, type Operation } from '../dialect.js';
import { inputOf, text } from '../input.js';

const BASE = '/communication-preferences/v4';
const SINCE = isoTime(Date.UTC(2025, 0, 6, 9));
const MARKETING = 2001;

const TYPES = [
  { id: '2000', name: 'One to One', purpose: 'Sales', communicationMethod: 'One to One', isInternal: true },
  { id: '2001', name: 'Marketing Information', purpose: 'Marketing', communicationMethod: 'Email', isInternal: false },
  { id: '2002', name: 'Customer Service', purpose: 'Customer Service', communicationMethod: 'Email', isInternal: true },
];

export const subscriptionOperations: readonly Operation[] = [
  { method: 'GET', path: `${BASE}/definitions`, name: 'GetSubscriptionTypes', handle: listTypes },
  { method: 'GET', path: `${BASE}/statuses/:email`, name: 'GetOptInStatus', handle: readStatus },
  { method: 'POST', path: `${BASE}/statuses/:email`, name: 'SetOptInStatus', handle: setStatus },
  { method: 'POST', path: `${BASE}/statuses/:email/unsubscribe-all`, name: 'SetOptInStatus', handle: unsubscribeAll },
];

function listTypes() {
  const results = TYPES.map((type) => ({
    ...type,
    description: type.name,
    isActive: true,
    isDefault: true,
    createdAt: SINCE,
    updatedAt: SINCE,
  }));
  return results200(results);
}

function readStatus(call: Call) {
  checkChannel(one(call.query, 'channel'));
  return results200([statusView(call)]);
}

/** What recipients or mail servers decided stays as it is: the answer tells. */
function setStatus(call: Call) {
  const input = inputOf(call.body);
  checkChannel(text(input, 'channel'));
  if (input['subscriptionId'] !== MARKETING) throw new Refusal(400, 'This subscription type cannot be changed here');
  const state = text(input, 'statusState');
  if (state !== 'SUBSCRIBED' && state !== 'UNSUBSCRIBED') throw new Refusal(400, 'statusState is not valid');
  change(call, state === 'SUBSCRIBED', text(input, 'legalBasisExplanation') ?? '');
  return results200([statusView(call)]);
}

/** Without `verbose` it does not tell what was changed. */
function unsubscribeAll(call: Call) {
  checkChannel(one(call.query, 'channel'));
  change(call, false, '');
  return results200(one(call.query, 'verbose') === 'true' ? [statusView(call)] : []);
}

function change(call: Call, optIn: boolean, reason: string): void {
  const { params, store } = call;
  const address = params['email'] ?? '';
  const { status } = setOptIn(store, address, optIn, reason);
  for (const { id } of store.contacts.withAddress(address)) {
    call.effect({
      operation: 'SetOptInStatus',
      contactId: id,
      args: { email: address, opted_in: optIn, reason, status },
    });
  }
}

function statusView({ params, store }: Call) {
  const address = params['email'] ?? '';
  const { status, createdAt } = emailStatusOf(store, address);
  return {
    channel: 'EMAIL',
    status: isOptedIn(status) ? 'SUBSCRIBED' : 'UNSUBSCRIBED',
    subscriberIdString: address,
    subscriptionId: MARKETING,
    subscriptionName: 'Marketing Information',
    source: 'Public Status API',
    timestamp: isoTime(createdAt),
  };
}

function results200(results: unknown[]) {
  const now = isoTime(Date.now());
  return { status: 200, body: { status: 'COMPLETE', results, startedAt: now, completedAt: now } };
}

function checkChannel(channel: string | undefined): void {
  if (channel !== 'EMAIL') throw new Refusal(400, 'channel must be EMAIL');
}
