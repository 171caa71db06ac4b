import { expect, it } from '@jest/globals';
import type { ContractSubject } from '../contract-subject.js';

export function actionContract(subject: () => ContractSubject): void {
  it('tests the connection', async () => {
    const { crm, calls } = subject().connect();
    await crm.testConnection();
    expect(calls.map(({ status }) => status)).toEqual([200]);
  });

  it('tells who it is and what it can do without a call', () => {
    const { connect, platform } = subject();
    const { crm, calls } = connect();
    expect(crm.getMetadata()).toMatchObject({ platform_slug: platform });
    expect(crm.getCapabilities()).toContain('contacts');
    expect(calls).toEqual([]);
  });

  it('writes a note and finds it again', async () => {
    const { connect, contact } = subject();
    const { crm } = connect();
    const note = { title: 'Called back', body: `Wants a demo of ${contact(9)}`, type: 'general' };
    const since = new Date(Date.now() - 1000);
    const made = await crm.createNote?.(contact(9), note);

    expect(await crm.findNote?.(contact(9), note, since)).toEqual(made);
    expect(await crm.findNote?.(contact(9), { ...note, body: 'Another text' }, since)).toBeNull();
  });

  it('triggers an automation, also for a contact that is in it', async () => {
    const { connect, contact, automation, effects } = subject();
    const { crm } = connect();
    await crm.triggerAutomation(contact(9), automation);
    await crm.triggerAutomation(contact(9), automation);
    expect((await effects(contact(9))).map(({ operation }) => operation)).toContain('TriggerAutomation');
  });

  it('refuses an automation that names nothing', async () => {
    const { connect, contact } = subject();
    await expect(connect().crm.triggerAutomation(contact(9), '')).rejects.toMatchObject({ kind: 'validation' });
  });

  it('achieves a goal, and says when nobody waits for it', async () => {
    const { connect, contact, goal, effects } = subject();
    const { crm } = connect();
    await crm.achieveGoal(contact(9), goal.name, goal.integration);
    expect((await effects(contact(9))).map(({ operation }) => operation)).toContain('AchieveGoal');
    await expect(crm.achieveGoal(contact(9), 'nobody waits', 'nowhere')).rejects.toMatchObject({ retryable: false });
  });

  it('changes whether mail may be sent', async () => {
    const { connect, contact } = subject();
    const { crm } = connect();
    await crm.setOptInStatus?.(contact(10), false, 'Asked for it');
    await crm.setOptInStatus?.(contact(10), true, 'Asked again');
  });
}
