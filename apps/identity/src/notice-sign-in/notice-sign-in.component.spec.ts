import { environment, newEmail, startBeside, startIdentity, type Client } from '../testing/identity-under-test.js';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { CloudEvent, MailRequest, subjects } from '#contracts';
import { NATS_CONNECTION, type NatsConnection } from '#messaging';
import { waitFor } from '#testing';
import { service as accounts } from '../../../accounts/src/service.js';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const HOME = '203.0.113.7';

let identity: Client;
let beside: Client;

beforeAll(async () => {
  process.env['AUTH_REGISTER_PER_NETWORK'] = '100/1h';
  identity = await startIdentity();
  beside = await startBeside(accounts);
});
afterAll(async () => {
  await beside.running.stop();
  await identity.running.stop();
  await environment.dispose();
});

/** Notices to this address, as the notifications service would get them. */
async function noticesTo(address: string): Promise<MailRequest[]> {
  const manager = await jetstreamManager(identity.running.app.get<NatsConnection>(NATS_CONNECTION));
  const stream = subjects.stream('NOTIFY');
  const { state } = await manager.streams.info(stream);
  const found: MailRequest[] = [];
  for (let seq = state.first_seq; seq > 0 && seq <= state.last_seq; seq += 1) {
    const message = await manager.streams.getMessage(stream, { seq });
    if (message) found.push(MailRequest.parse(CloudEvent.parse(message.json()).data));
  }
  return found.filter(({ template, to }) => template === 'login_notification' && to.address === address);
}

it('tells the user of a sign-in from a new device or network, once each', async () => {
  const email = newEmail();
  await identity.newcomer(email, { ip: HOME, agent: FIREFOX });
  await identity.signIn(email, { ip: '203.0.113.99', agent: FIREFOX });
  await identity.signIn(email, { ip: HOME, agent: 'curl/8.0' });
  await identity.signIn(email, { ip: HOME, agent: 'curl/8.1' });
  await identity.signIn(email, { ip: '192.0.2.5', agent: FIREFOX });
  const notices = await waitFor(async () => {
    const seen = await noticesTo(email);
    return seen.length >= 2 && seen;
  });
  expect(notices.map(({ variables }) => [variables['device'], variables['ip']])).toEqual([
    ['curl', HOME],
    ['Firefox on Linux', '192.0.2.5'],
  ]);
  expect(notices[0]?.variables['name']).toBe('Ada Lovelace');
});
