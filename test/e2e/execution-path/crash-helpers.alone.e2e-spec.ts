import { describe, expect, it } from '@jest/globals';
import { auditExecutions, auditNotes } from '../support/audit.js';
import { newHelper } from '../support/customer.js';
import { contactIds, persistentClients } from '../support/persistent-clients.js';
import { useSystem } from '../support/use-system.js';

const CLIENTS = 50;
const WISHES = 100;
/** The first two groups may be single requests; the third holds what came meanwhile. */
const GROUP = 3;

describe('the helpers service dies while it accepts', () => {
  const running = useSystem({
    helpersApart: true,
    env: { MFH_DEAD_AFTER_MS: '1000', MFH_SWEEP_MS: '200', MFH_GROUP_ACK_WAIT_MS: '2000' },
  });

  it.each([
    ['before the records are inserted', 'accept.before-insert'],
    ['after the records are inserted', 'accept.after-insert'],
    ['after the jobs are published', 'accept.after-publish'],
    ['before the answer', 'accept.before-answer'],
  ])('%s: every accepted execution is done once', async (_when, failPoint) => {
    const { system, customer } = running;
    await system.sandbox.forgetEffects();
    const helper = await newHelper(customer, 'note_it', { subject: failPoint, body: 'Once' });
    await system.process('helpers').stop();
    const doomed = await system.startApp('helpers', { MFH_FAIL_POINT: `${failPoint}:${GROUP}` });

    const contacts = contactIds(1001, WISHES);
    const asking = persistentClients(customer, helper, contacts, { clients: CLIENTS, keys: failPoint });
    const restarted = doomed.exited.then(async (exit) => {
      await system.startApp('helpers');
      return exit;
    });
    const [accepted, exit] = await Promise.all([asking, restarted]);

    expect(exit.signal).toBe('SIGKILL');
    expect(accepted.filter(({ answers }) => answers.length > 1).length).toBeGreaterThan(0);
    await auditExecutions(
      customer,
      helper,
      accepted.map(({ executionId }) => executionId),
    );
    await auditNotes(system, contacts);
  });
});
