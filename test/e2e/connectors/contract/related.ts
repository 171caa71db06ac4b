import { expect, it } from '@jest/globals';
import type { CrmConnector, RelatedRecord } from '#connectors';
import type { ContractSubject } from '../contract-subject.js';

async function contactWithOrders(subject: ContractSubject, crm: CrmConnector): Promise<[string, RelatedRecord[]]> {
  for (let index = 0; index < subject.contactCount; index += 1) {
    const orders = (await crm.getRelated?.(subject.contact(index), 'invoice', { order: 'all' })) ?? [];
    if (orders.length > 1) return [subject.contact(index), orders];
  }
  throw new Error('No contact of the demo data has two orders');
}

export function relatedContract(subject: () => ContractSubject): void {
  it('answers questions about orders: oldest and newest, sums in decimals, counts', async () => {
    const { crm } = subject().connect();
    const [contact, orders] = await contactWithOrders(subject(), crm);
    const totals = orders.map(({ InvoiceTotal }) => Number(InvoiceTotal));
    const ask = (key: string) => crm.getContactFieldValue(contact, `_related.invoice.${key}`);

    expect(await ask('first.InvoiceTotal')).toBe(totals[0]);
    expect(await ask('last.InvoiceTotal')).toBe(totals.at(-1));
    expect(await ask('count')).toBe(orders.length);
    expect(await ask('count.nonzero')).toBe(totals.filter((total) => total !== 0).length);
    expect(await ask('sum.InvoiceTotal')).toBe(totals.reduce((sum, total) => sum + Math.round(total * 100), 0) / 100);
    const dates = orders.map(({ DateCreated }) => String(DateCreated));
    expect(dates).toEqual(dates.toSorted());
  });

  it('reads the records of a kind once for all questions of a run', async () => {
    const first = subject().connect();
    const [contact] = await contactWithOrders(subject(), first.crm);
    const { crm, calls } = subject().connect();
    await crm.getContactFieldValue(contact, '_related.invoice.sum.TotalPaid');
    await crm.getContactFieldValue(contact, '_related.invoice.count');
    await crm.getContactFieldValue(contact, '_related.invoice.last.DateCreated');
    expect(calls).toHaveLength(1);
  });

  it('answers no record with nothing, and no sum with zero', async () => {
    const { connect } = subject();
    const { crm } = connect();
    const { id } = await crm.createContact({ first_name: 'No', last_name: 'Orders', email: 'none@example.com' });
    expect(await crm.getContactFieldValue(id, '_related.invoice.first.InvoiceTotal')).toBeNull();
    expect(await crm.getContactFieldValue(id, '_related.invoice.sum.TotalPaid')).toBe(0);
    expect(await crm.getContactFieldValue(id, '_related.invoice.count')).toBe(0);
    expect(await crm.getContactFieldValue(id, '_related.lead.stage.1')).toBeNull();
  });

  it('moves an opportunity to another stage', async () => {
    const { connect, contactCount, contact } = subject();
    for (let index = 0; index < contactCount; index += 1) {
      const { crm } = connect();
      const stage = await crm.getContactFieldValue(contact(index), '_related.lead.first.StageID');
      if (typeof stage !== 'string') continue;
      const target = stage === '1' ? '2' : '1';
      const before = Number((await crm.getContactFieldValue(contact(index), `_related.lead.stage.${stage}`)) ?? 0);
      await crm.setContactFieldValue(contact(index), `_related.lead.stage.${stage}.update_first`, target);
      const after = Number((await crm.getContactFieldValue(contact(index), `_related.lead.stage.${stage}`)) ?? 0);
      expect(after).toBe(before - 1);
      return;
    }
    throw new Error('No contact of the demo data has an opportunity');
  });

  it('tells when mail was sent to an address, and nothing for an unknown one', async () => {
    const { connect, contact } = subject();
    const { crm } = connect();
    const { email } = await crm.getContact(contact(0));
    const sent = await crm.getContactFieldValue(contact(0), `_email_stats.${email}.LastSentDate`);
    expect(sent === null || !Number.isNaN(Date.parse(String(sent)))).toBe(true);
    expect(await crm.getContactFieldValue(contact(0), '_email_stats.nobody@nowhere.example.LastOpenDate')).toBeNull();
  });

  it('refuses questions it does not know', async () => {
    const { connect, contact } = subject();
    const { crm } = connect();
    await expect(crm.getContactFieldValue(contact(0), '_related.horse.first.Name')).rejects.toMatchObject({
      kind: 'validation',
    });
    await expect(crm.setContactFieldValue(contact(0), '_related.invoice.count', '3')).rejects.toMatchObject({
      kind: 'validation',
    });
  });
}
