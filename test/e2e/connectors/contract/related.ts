import { expect } from '@jest/globals';
import { RELATED_KINDS } from '#connectors';
import type { ContractChecks } from './checks.js';

export function relatedContract(checks: ContractChecks): void {
  for (const kind of RELATED_KINDS) {
    const amount = checks.vendor.related[kind]?.amount ?? '';

    checks.that(`getRelated ${kind}`, `answers questions about records of the kind ${kind}`, async (subject) => {
      const { crm } = subject.connect();
      const id = subject.contact(0);
      const records = (await crm.getRelated?.(id, kind, { order: 'all' })) ?? [];
      const amounts = records.map((record) => Number(record[amount]));
      const ask = (key: string) => crm.getContactFieldValue(id, `_related.${kind}.${key}`);

      expect(records.length).toBeGreaterThan(0);
      expect(new Set(records.map((record) => record['Id'])).size).toBe(records.length);
      expect(await ask('count')).toBe(records.length);
      expect(await ask('first.Id')).toEqual(records[0]?.['Id']);
      expect(await ask('last.Id')).toEqual(records.at(-1)?.['Id']);
      if (amount === '') return;
      expect(await ask(`first.${amount}`)).toEqual(records[0]?.[amount]);
      expect(await ask(`last.${amount}`)).toEqual(records.at(-1)?.[amount]);
      expect(await ask('count.nonzero')).toBe(amounts.filter((each) => each !== 0).length);
      expect(await ask(`sum.${amount}`)).toBe(amounts.reduce((sum, each) => sum + Math.round(each * 100), 0) / 100);
    });

    checks.that(`getRelated ${kind}`, `gives the oldest and the newest of the kind ${kind}`, async (subject) => {
      const { crm } = subject.connect();
      const id = subject.contact(0);
      const all = await crm.getRelated?.(id, kind, { order: 'all' });
      const dates =
        all?.map((record) => String(record['DateCreated'] ?? record['PayDate'] ?? record['StartDate'] ?? '')) ?? [];
      expect(dates).toEqual(dates.toSorted());
      expect(await crm.getRelated?.(id, kind, { order: 'first' })).toEqual(all?.slice(0, 1));
      expect(await crm.getRelated?.(id, kind, { order: 'last' })).toEqual(all?.slice(-1));
    });

    checks.that(`getRelated ${kind}`, `answers no record of the kind ${kind} with nothing`, async ({ connect }) => {
      const { crm } = connect();
      const email = `no.${kind}@example.com`;
      const { id } = await crm.createContact({ first_name: 'No', last_name: 'Dealings', email });
      expect(await crm.getContactFieldValue(id, `_related.${kind}.first.Id`)).toBeNull();
      expect(await crm.getContactFieldValue(id, `_related.${kind}.sum.${amount || 'Id'}`)).toBe(0);
      expect(await crm.getContactFieldValue(id, `_related.${kind}.count`)).toBe(0);
    });

    checks.that(`getRelated ${kind}`, `reads records of the kind ${kind} once a run`, async ({ connect, contact }) => {
      const { crm, calls } = connect();
      await crm.getContactFieldValue(contact(0), `_related.${kind}.count`);
      const once = calls.length;
      await crm.getContactFieldValue(contact(0), `_related.${kind}.count.nonzero`);
      await crm.getContactFieldValue(contact(0), `_related.${kind}.last.Id`);
      expect(calls).toHaveLength(once);
    });
  }

  checks.that('updateRelated', 'moves an opportunity to another stage', async ({ connect, contact, stages }) => {
    if (stages === undefined) throw new Error('Declare two stages');
    const { crm } = connect();
    const [before] = (await crm.getRelated?.(contact(0), 'lead', { order: 'first' })) ?? [];
    const stage = String(before?.['StageID']);
    const target = stage === stages[0] ? stages[1] : stages[0];
    await crm.setContactFieldValue(contact(0), `_related.lead.stage.${stage}.update_first`, target);
    const [after] = (await connect().crm.getRelated?.(contact(0), 'lead', { order: 'first' })) ?? [];
    expect(after?.['StageID']).toBe(target);
    expect(await connect().crm.getContactFieldValue(contact(0), `_related.lead.stage.${target}`)).toBe(1);
    expect(await connect().crm.getContactFieldValue(contact(0), `_related.lead.stage.${stage}`)).toBeNull();
  });

  checks.that('updateRelated', 'says not_found where nothing is in the stage', async ({ connect, contact }) => {
    const moving = connect().crm.setContactFieldValue(contact(0), '_related.lead.stage.987654.update_all', '1');
    await expect(moving).rejects.toMatchObject({ kind: 'not_found', retryable: false });
  });
}
