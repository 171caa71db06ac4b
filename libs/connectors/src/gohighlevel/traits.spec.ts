import { describe, expect, it } from '@jest/globals';
import { contact, ok, scriptedGohighlevel } from '../testing/scripted-gohighlevel.js';

describe('custom fields', () => {
  const fields = ok({
    customFields: [
      { id: 'f1', name: 'Score', fieldKey: 'contact.score', dataType: 'NUMERICAL' },
      {
        id: 'f2',
        name: 'Interests',
        fieldKey: 'contact.interests',
        dataType: 'CHECKBOX',
        picklistOptions: ['A, B', 'C'],
      },
      { id: 'f3', name: 'Renewal', fieldKey: 'contact.renewal', dataType: 'DATE' },
      {
        id: 'f4',
        name: 'Wants mail',
        fieldKey: 'contact.wants_mail',
        dataType: 'RADIO',
        picklistOptions: ['yes', 'no'],
      },
      { id: 'f5', name: 'Text', fieldKey: 'contact.text', dataType: 'SOMETHING_NEW' },
      { id: 'f6', name: 'Deal', fieldKey: 'opportunity.deal', dataType: 'TEXT', model: 'opportunity' },
    ],
  });

  it.each([
    ['Score', '41', 41],
    ['contact.score', '4.5', 4.5],
    ['score', 'many', 'many'],
    ['Score', null, ''],
    ['Interests', 'A, B', ['A, B']],
    ['interests', 'C, D', ['C', 'D']],
    ['Interests', '', []],
    ['Renewal', '02/03/2027', '2027-02-03T00:00:00.000Z'],
    ['Renewal', 'soon', 'soon'],
    ['Wants mail', true, 'yes'],
    ['Wants mail', false, 'no'],
    ['Text', ['a', 'b'], 'a, b'],
    ['Text', 7, '7'],
  ])('of %s are written: %j as %j', async (key, value, written) => {
    const { crm, bodies } = scriptedGohighlevel([fields, ok({ succeded: true })]);
    await crm.setContactFieldValue('c1', key, value);
    expect(bodies()[1]).toEqual({ customFields: [{ id: expect.any(String), field_value: written }] });
  });

  it.each([
    ['Score', '41', 41],
    ['Interests', 'A, B', ['A, B']],
    ['Renewal', 1_801_612_800_000, '2027-02-03T00:00:00Z'],
    ['Renewal', '1801612800000', '2027-02-03T00:00:00Z'],
    ['Renewal', '2027-02-03', '2027-02-03T00:00:00Z'],
    ['Renewal', 'soon', 'soon'],
    ['Text', '', null],
  ])('of %s are read: %j as %j', async (key, value, read) => {
    const ids: Record<string, string> = { Score: 'f1', Interests: 'f2', Renewal: 'f3', Text: 'f5' };
    const { crm } = scriptedGohighlevel([fields, contact({ customFields: [{ id: ids[key], value }] })]);
    expect(await crm.getContactFieldValue('c1', key)).toEqual(read);
  });

  it('are those of contacts; standard fields are known by the vendor’s placeholders, too', async () => {
    const { crm } = scriptedGohighlevel([fields, contact({ firstName: 'Ada' })]);
    expect((await crm.getCustomFields()).map(({ id }) => id)).not.toContain('f6');
    const { crm: other } = scriptedGohighlevel([fields, contact({ firstName: 'Ada' })]);
    expect(await other.getContactFieldValue('c1', 'contact.first_name')).toBe('Ada');
  });
});
