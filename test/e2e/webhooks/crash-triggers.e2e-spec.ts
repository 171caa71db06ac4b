import { beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { freePort, startServiceProcess, waitFor } from '#testing';
import { DEMO_KEY, DEMO_LOCATION } from '../../../apps/sandbox-crm/src/demo-facts.js';
import { newHelper, type Customer } from '../support/customer.js';
import { contactIds } from '../support/persistent-clients.js';
import { useSystem } from '../support/use-system.js';
import { signedByGoHighLevel, webhookSystem } from '../support/webhook-system.js';

const running = useSystem({
  ...webhookSystem({ MFH_DEAD_AFTER_MS: '1000', MFH_SWEEP_MS: '200', MFH_GROUP_ACK_WAIT_MS: '2000' }),
  helpersApart: true,
});

let by: Customer;
beforeAll(async () => {
  const credentials = { api_key: DEMO_KEY, location_id: DEMO_LOCATION };
  const body = { name: 'GoHighLevel', auth_type: 'api_key', credentials };
  const { data } = await running.customer.api.post<{ connection_id: string }>(
    '/platforms/gohighlevel/connections',
    body,
  );
  by = { ...running.customer, connectionId: data.connection_id };
});

/** A helper that is started by new contacts. */
async function greeting(body: string): Promise<string> {
  const helper = await newHelper(by, 'note_it', { subject: 'New', body });
  expect((await by.api.post(`/helpers/${helper}/triggers`, { event: 'contact_created' })).status).toBe(201);
  return helper;
}

function created(contactId: string, webhookId: string = randomUUID()): string {
  const timestamp = new Date().toISOString();
  return JSON.stringify({ type: 'ContactCreate', locationId: DEMO_LOCATION, id: contactId, webhookId, timestamp });
}

const post = (body: string, headers = signedByGoHighLevel(body)) =>
  fetch(`${running.system.url}/webhooks/gohighlevel`, { method: 'POST', headers, body });

async function onceEach(helper: string, contacts: readonly string[]): Promise<void> {
  const executions = await waitFor(
    async () => {
      const all = await by.api.executionsOf(helper);
      return all.length >= contacts.length && all.every(({ status }) => status === 'completed') ? all : undefined;
    },
    { deadlineMs: 60_000, everyMs: 250, what: `${contacts.length} executions` },
  );
  expect(executions.map(({ contact_id: id }) => id).toSorted()).toEqual([...contacts].toSorted());
}

async function notesOf(contacts: readonly string[], body: string): Promise<number[]> {
  const effects = await running.system.sandbox.effects({ operation: 'CreateNote' });
  return contacts.map(
    (contact) =>
      effects.filter(({ contact_id: id, args }) => id === contact && JSON.stringify(args).includes(body)).length,
  );
}

describe('one event of a vendor', () => {
  it('starts one execution, however often it is delivered and by however many processes it is handled', async () => {
    const helper = await greeting('delivered often');
    const port = String(await freePort());
    const second = await startServiceProcess({
      app: 'helpers',
      env: { ...running.system.env, MFH_HELPERS_PORT: port },
      url: `http://127.0.0.1:${port}`,
      startDeadlineMs: 60_000,
    });
    try {
      const contacts = contactIds(1201, 10);
      const bodies = contacts.map((contact) => created(contact));
      const answers = await Promise.all([...bodies, ...bodies, ...bodies].map((body) => post(body)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      await onceEach(helper, contacts);
      expect(await notesOf(contacts, 'delivered often')).toEqual(contacts.map(() => 1));
    } finally {
      await second.stop();
    }
  });

  it('starts nothing when it is forged or old', async () => {
    const helper = await greeting('forged');
    const good = created('1221');
    const old = JSON.stringify({
      ...JSON.parse(created('1222')),
      timestamp: new Date(Date.now() - 360_000).toISOString(),
    });
    expect((await post(good.replace('1221', '1223'), signedByGoHighLevel(good))).status).toBe(401);
    expect((await post(old)).status).toBe(401);
    expect((await post(created('1224'))).status).toBe(200);
    await onceEach(helper, ['1224']);
  });
});

describe('the helpers service dies while it starts helpers', () => {
  it.each([
    ['before it accepts', 'triggers.before-accept', 1231],
    ['after it accepted', 'triggers.after-accept', 1241],
  ])('%s: every change starts one execution', async (_when, failPoint, first) => {
    const { system } = running;
    const helper = await greeting(failPoint);
    const contacts = contactIds(first, 5);
    await system.process('helpers').stop();
    const doomed = await system.startApp('helpers', { MFH_FAIL_POINT: `${failPoint}:2` });
    for (const contact of contacts) expect((await post(created(contact))).status).toBe(200);
    expect((await doomed.exited).signal).toBe('SIGKILL');
    await system.startApp('helpers');
    await onceEach(helper, contacts);
    expect(await notesOf(contacts, failPoint)).toEqual(contacts.map(() => 1));
  });
});
