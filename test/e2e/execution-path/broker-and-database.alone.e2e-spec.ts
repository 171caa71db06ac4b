import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { waitFor } from '#testing';
import { auditExecutions, auditNotes } from '../support/audit.js';
import { newHelper } from '../support/customer.js';
import { OwnServer } from '../support/own-server.js';
import { contactIds, persistentClients, type Accepted } from '../support/persistent-clients.js';
import { useSystem } from '../support/use-system.js';

const WISHES = 200;
/** So many answers without a broker: most of them to requests that came after it had gone. */
const WITHOUT_BROKER = 40;
const STEPPED_DOWN_SECONDS = 3;
/** Answers are owed within 2 s; a test on a busy machine allows for the time until the client gets to read it. */
const ANSWER_MS = 2_500;

const idsOf = (accepted: readonly Accepted[]): string[] => accepted.map(({ executionId }) => executionId);

/** Nobody was left without an answer: it was accepted, or it was refused for now. */
function expectPromptAnswers(accepted: readonly Accepted[]): void {
  const answers = accepted.flatMap((wish) => wish.answers);
  expect(answers.filter(({ status }) => status !== 202 && status !== 503)).toEqual([]);
  expect(answers.filter(({ ms }) => ms > ANSWER_MS)).toEqual([]);
}

describe('servers fail under load', () => {
  let broker: OwnServer;
  let database: OwnServer;
  beforeAll(async () => {
    [broker, database] = await Promise.all([OwnServer.start('nats-server'), OwnServer.start('mongod')]);
  });
  const running = useSystem({
    env: { MFH_SWEEP_MS: '300', MFH_ACK_WAIT_MS: '3000', MFH_GROUP_ACK_WAIT_MS: '2000' },
  });
  afterAll(async () => {
    await Promise.all([broker.dispose(), database.dispose()]);
  });

  /** Lets clients ask, and does something to a server when a quarter of their wishes is granted. */
  async function underLoad(name: string, disturb: (answers: () => number) => Promise<void>): Promise<void> {
    const { system, customer } = running;
    await system.sandbox.forgetEffects();
    const contacts = contactIds(1001, WISHES);
    const helper = await newHelper(customer, 'note_it', { subject: name, body: 'Once' });
    let granted = 0;
    let answers = 0;
    let disturbed: Promise<void> | undefined;
    const accepted = await persistentClients(customer, helper, contacts, {
      clients: 10,
      keys: name,
      onAccepted: () => {
        granted += 1;
        if (granted >= WISHES / 4) disturbed ??= disturb(() => answers);
      },
      onAnswer: () => {
        answers += 1;
      },
    });
    await disturbed;
    expectPromptAnswers(accepted);
    await auditExecutions(customer, helper, idsOf(accepted));
    await auditNotes(system, contacts);
  }

  it('loses nothing when the broker is killed and started again', async () => {
    await underLoad('broker', async (answers) => {
      await broker.crash();
      const before = answers();
      await waitFor(() => answers() >= before + WITHOUT_BROKER, { deadlineMs: 20_000, what: 'clients to be answered' });
      await broker.up();
    });
  });

  it('loses nothing when the primary of the database steps down', async () => {
    const connection = await mongoose.createConnection(running.system.env['MFH_MONGO_URL'] ?? '').asPromise();
    const admin = connection.getClient().db('admin');
    const term = async (): Promise<number> => Number((await admin.command({ replSetGetStatus: 1 }))['term']);
    try {
      const before = await term();
      await underLoad('primary', async () => {
        await admin.command({ replSetStepDown: STEPPED_DOWN_SECONDS, force: true });
      });
      expect(await term()).toBeGreaterThan(before);
    } finally {
      await connection.close();
    }
  });

  it('fills an emptied broker with everything that has not ended', async () => {
    const { system, customer } = running;
    await system.sandbox.forgetEffects();
    await Promise.all(system.runners.map((runner) => runner.stop()));
    const contacts = contactIds(1001, WISHES);
    const helper = await newHelper(customer, 'note_it', { subject: 'emptied', body: 'Once' });
    const accepted = await persistentClients(customer, helper, contacts, { clients: 20, keys: 'emptied' });

    await broker.crash();
    broker.wipe();
    await broker.up();
    await system.startRunner();

    await auditExecutions(customer, helper, idsOf(accepted), 90_000);
    await auditNotes(system, contacts);
  });
});
