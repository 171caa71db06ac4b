import { expect, it } from '@jest/globals';
import type { ContractSubject } from './contract-subject.js';
import { keap, V2 } from './keap.subject.js';
import { vendorContract } from './vendor-contract.js';

vendorContract(keap, keapsOwn);

// The demo CRM is a platform of its own: Keap's connector at its address, with its own authorization server.
vendorContract({ ...keap, platform: 'sandbox' });

function keapsOwn(subject: () => ContractSubject): void {
  it('writes lists back whole: other slots, addresses and values stay', async () => {
    const { api, connect, contact, record } = subject();
    const id = contact(200);
    await api('PATCH', `${V2}/contacts/${id}?update_mask=email_addresses,phone_numbers,addresses,custom_fields`, {
      email_addresses: [
        { field: 'EMAIL1', email: 'first.slot@example.com' },
        { field: 'EMAIL2', email: 'second.slot@example.com' },
      ],
      phone_numbers: [
        { field: 'PHONE1', number: '+15550101', type: 'Mobile', extension: '7' },
        { field: 'PHONE2', number: '+15550102', type: 'Work' },
      ],
      addresses: [
        { field: 'BILLING', line1: '1 Main Street', locality: 'Rockville', region: 'Maryland', country_code: 'USA' },
        { field: 'SHIPPING', line1: '2 High Street', locality: 'Gentry', country_code: 'USA' },
      ],
      custom_fields: [
        { id: '1', content: 'Ada' },
        { id: '7', content: 41 },
      ],
    });
    const before = await record(id);
    await connect().crm.updateContact(id, {
      email: 'moved.slot@example.com',
      phone: '+15550199',
      custom_fields: { Nickname: 'Countess', city: 'Leeds' },
    });

    const after = JSON.parse(JSON.stringify(await record(id)).replaceAll('moved.slot', 'first.slot')) as typeof before;
    expect(after['emails']).toEqual(before['emails']);
    expect(JSON.stringify(after['phones'])).toBe(JSON.stringify(before['phones']).replace('+15550101', '+15550199'));
    expect(JSON.stringify(after['addresses'])).toBe(JSON.stringify(before['addresses']).replace('Rockville', 'Leeds'));
    expect(after['custom_fields']).toEqual({ ...(before['custom_fields'] as object), '1': 'Countess' });
  });

  it('takes a campaign alone where it has a single sequence, and asks for one where it has several', async () => {
    const { connect, contact, effects } = subject();
    await connect().crm.triggerAutomation(contact(201), '301');
    expect((await effects(contact(201))).map(({ operation }) => operation)).toEqual(['TriggerAutomation']);
    const several = connect().crm.triggerAutomation(contact(201), '302');
    await expect(several).rejects.toMatchObject({ kind: 'validation', outcome: 'not_sent' });
  });

  it('finds by company, makes a company once, and takes a contact out of one', async () => {
    const { connect, contact } = subject();
    const name = 'Company of the contract';
    await connect().crm.updateContact(contact(202), { company: name });
    await connect().crm.updateContact(contact(203), { company: name.toUpperCase() });
    const found = await connect().crm.getContacts({ filters: { company: name } });
    expect(found.contacts.map(({ id }) => id)).toEqual([contact(202), contact(203)]);
    await connect().crm.updateContact(contact(202), { company: '' });
    expect((await connect().crm.getContacts({ filters: { company: name } })).contacts).toHaveLength(1);
    expect((await connect().crm.getContacts({ filters: { company: 'Nobody and Sons' } })).contacts).toEqual([]);
  });

  it('achieves goals by their ids, too', async () => {
    const { connect, contact, effects } = subject();
    await connect().crm.achieveGoal(contact(204), '303:13', '');
    expect((await effects(contact(204))).map(({ operation }) => operation)).toEqual(['AchieveGoal']);
  });
}
