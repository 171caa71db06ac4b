import { expect } from '@jest/globals';
import { RELATED_KINDS } from '#connectors';
import type { ContractChecks } from './checks.js';

export function actionContract(checks: ContractChecks): void {
  checks.that('testConnection', 'tests the connection with one request', async ({ connect }) => {
    const { crm, calls } = connect();
    await crm.testConnection();
    expect(calls.map(({ status }) => status)).toEqual([200]);
  });

  checks.that('getMetadata', 'tells who it is without a request', async ({ connect, platform, sandboxUrl, sent }) => {
    const before = sent();
    const metadata = connect().crm.getMetadata();
    expect(metadata.platform_slug).toBe(platform);
    expect(metadata.platform_name).not.toBe('');
    expect(metadata.base_url.startsWith(sandboxUrl)).toBe(true);
    expect(sent()).toBe(before);
  });

  checks.that('getCapabilities', 'tells what it can do without a request', async ({ connect, capabilities, sent }) => {
    const before = sent();
    expect(connect().crm.getCapabilities().toSorted()).toEqual([...capabilities].sort());
    expect(sent()).toBe(before);
  });

  checks.that('createNote', 'writes a note', async ({ connect, contact, effects, record }) => {
    const note = { title: 'Called back', body: 'Wants a demo; "today" & <soon>', type: 'general' };
    const made = await connect().crm.createNote?.(contact(80), note);
    expect(made?.id).toEqual(expect.any(String));
    expect((await effects(contact(80))).map(({ operation }) => operation)).toContain('CreateNote');
    const notes = JSON.stringify((await record(contact(80)))['notes']);
    expect(notes).toContain('Wants a demo');
  });

  checks.that('findNote', 'finds a note again by its words, and no other', async ({ connect, contact }) => {
    const { crm } = connect();
    const note = { title: 'Found again', body: 'by its words', type: 'general' };
    const since = new Date(Date.now() - 1000);
    expect(await crm.findNote?.(contact(81), note, since)).toBeNull();
    const made = await crm.createNote?.(contact(81), note);
    expect(await crm.findNote?.(contact(81), note, since)).toEqual(made);
    expect(await crm.findNote?.(contact(81), { ...note, body: 'other words' }, since)).toBeNull();
    expect(await crm.findNote?.(contact(81), note, new Date(Date.now() + 3_600_000))).toBeNull();
  });

  checks.that('triggerAutomation', 'puts a contact into an automation', async (subject) => {
    const { connect, contact, automation, effects } = subject;
    await connect().crm.triggerAutomation(contact(82), automation);
    expect((await effects(contact(82))).map(({ operation }) => operation)).toContain('TriggerAutomation');
  });

  checks.that(
    'triggerAutomation',
    'refuses an automation that names nothing',
    async ({ connect, contact, effects }) => {
      const before = (await effects()).length;
      for (const [name, kind] of [
        ['', /validation/],
        ['987654321', /not_found|validation/],
      ] as const) {
        const failure: unknown = await connect()
          .crm.triggerAutomation(contact(83), name)
          .catch((error: unknown) => error);
        expect(failure).toMatchObject({ kind: expect.stringMatching(kind), retryable: false });
      }
      expect(await effects()).toHaveLength(before);
    },
  );

  checks.that('hasTriggered', 'tells whether a contact has entered an automation', async (subject) => {
    const { connect, contact, automation } = subject;
    const { crm } = connect();
    const since = new Date(Date.now() - 1000);
    expect(await crm.hasTriggered?.(contact(88), automation, since)).toBe(false);
    await crm.triggerAutomation(contact(88), automation);
    expect(await crm.hasTriggered?.(contact(88), automation, since)).toBe(true);
    expect(await crm.hasTriggered?.(contact(88), automation, new Date(Date.now() + 3_600_000))).toBe(false);
  });

  checks.that('achieveGoal', 'achieves a goal, and says when nobody waits for it', async (subject) => {
    const { connect, contact, goal, effects } = subject;
    if (goal === undefined) throw new Error('Declare a goal');
    const { crm } = connect();
    await crm.achieveGoal(contact(84), goal.name, goal.integration);
    expect((await effects(contact(84))).map(({ operation }) => operation)).toContain('AchieveGoal');
    await expect(crm.achieveGoal(contact(84), 'nobody waits', 'nowhere')).rejects.toMatchObject({ retryable: false });
  });

  checks.that('setOptInStatus', 'opts out and in again, in the vendor’s own sense', async (subject) => {
    const { connect, contact, mayMail, api } = subject;
    if (mayMail === undefined) throw new Error('Declare how to ask whether mail may be sent');
    const { crm } = connect();
    for (const wanted of [false, true, true, false]) {
      await crm.setOptInStatus?.(contact(85), wanted, 'Asked for it');
      expect([wanted, await mayMail(api, contact(85))]).toEqual([wanted, wanted]);
    }
  });

  checks.that('setOptInStatus', 'changes nothing else of the contact', async ({ connect, contact, record }) => {
    const { emails: _before, updated_at: _then, ...before } = await record(contact(86));
    await connect().crm.setOptInStatus?.(contact(86), false, 'Asked for it');
    const { emails: _after, updated_at: _now, ...after } = await record(contact(86));
    expect(after).toEqual(before);
  });

  checks.that('getEmailStats', 'tells of mail to an address, and nothing of an unknown one', async (subject) => {
    const { connect, contact } = subject;
    const { crm } = connect();
    const { email } = await crm.getContact(contact(0));
    const sent = await crm.getContactFieldValue(contact(0), `_email_stats.${email}.LastSentDate`);
    expect(sent === null || !Number.isNaN(Date.parse(String(sent)))).toBe(true);
    expect(await crm.getContactFieldValue(contact(0), '_email_stats.nobody@nowhere.example.LastOpenDate')).toBeNull();
  });

  checks.that('getEmailHistory', 'lists mail to a contact since a moment', async ({ connect, contact }) => {
    const mails = await connect().crm.getEmailHistory?.(contact(0), new Date(0));
    for (const { sent_at: at } of mails ?? []) expect(at === undefined || !Number.isNaN(Date.parse(at))).toBe(true);
    expect(await connect().crm.getEmailHistory?.(contact(0), new Date('2100-01-01'))).toEqual([]);
  });

  checks.that('getGoalAchieved', 'tells whether a goal was achieved', async ({ connect, contact, goal }) => {
    const { crm } = connect();
    expect(await crm.getContactFieldValue(contact(87), `_goal.${goal?.name ?? ''}.achieved`)).toBe(false);
  });

  checks.that('getContactFieldValue', 'refuses questions it does not know', async ({ connect, contact, sent }) => {
    const { crm } = connect();
    const before = sent();
    for (const key of ['_related.horse.first.Name', '_related.invoice', '_email_stats.', '_goal.x']) {
      await expect(crm.getContactFieldValue(contact(0), key)).rejects.toMatchObject({ kind: 'validation' });
    }
    for (const kind of RELATED_KINDS) {
      const writing = crm.setContactFieldValue(contact(0), `_related.${kind}.count`, '3');
      await expect(writing).rejects.toMatchObject({ kind: 'validation' });
    }
    expect(sent()).toBe(before);
  });
}
