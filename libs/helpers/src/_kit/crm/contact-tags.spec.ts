import { describe, expect, test } from '@jest/globals';
import type { Tag, TagRef } from '#connectors';
import type { ContactCrm } from './contact-crm.js';
import { contactTags, contactTagsInCategory, hasTag } from './contact-tags.js';
import { lookUpTags, resolveTags } from './resolve-tags.js';

function crmWith({ held = [], known = [], platform = 'keap' }: { held?: TagRef[]; known?: Tag[]; platform?: string }) {
  const made: string[] = [];
  let lists = 0;
  const crm = {
    contact: () => Promise.resolve({ tags: held }),
    platform: () => Promise.resolve(platform),
    getTags: () => {
      lists += 1;
      return Promise.resolve(known);
    },
    createTag: ({ name }: { name: string }) => {
      made.push(name);
      return Promise.resolve({ id: `new ${name}`, name });
    },
  } as unknown as ContactCrm;
  return { crm, made, lists: () => lists };
}

const vip = { id: '7', name: 'VIP' };
const seven = { id: '9', name: '7' };

describe('tags of a contact', () => {
  test('get the names that the contact does not know', async () => {
    const { crm } = crmWith({
      held: [
        { id: '7', name: '' },
        { id: '8', name: '' },
      ],
      known: [vip],
    });
    expect(await contactTags(crm)).toEqual([vip, { id: '8', name: '' }]);
  });

  test('with names need no list', async () => {
    const { crm, lists } = crmWith({ held: [vip] });
    expect(await contactTags(crm)).toEqual([vip]);
    expect(lists()).toBe(0);
  });

  test('are told by id, or by name in any letter case', () => {
    expect(hasTag([vip], { id: '7', name: '' })).toBe(true);
    expect(hasTag([{ id: 'VIP', name: 'VIP' }], { id: '7', name: ' vip ' })).toBe(true);
    expect(hasTag([{ id: '8', name: '' }], { id: '7', name: '' })).toBe(false);
  });

  test('belong to a category by their definition', async () => {
    const held = [vip, seven];
    const { crm } = crmWith({ held, known: [{ ...vip, category: 'Level' }, seven] });
    expect(await contactTagsInCategory(crm, (category) => category === 'Level')).toEqual([vip]);
    const other = crmWith({ held, platform: 'ontraport' }).crm;
    await expect(contactTagsInCategory(other, () => true)).rejects.toMatchObject({ code: 'unsupported_by_crm' });
  });
});

describe('looking up tags', () => {
  test('an id wins over a name, and names match in any letter case', async () => {
    const { crm } = crmWith({ known: [vip, seven] });
    expect([...(await lookUpTags(crm, ['7', ' vip ']))]).toEqual([
      ['7', vip],
      [' vip ', vip],
    ]);
    expect(await resolveTags(crm, ['7', 'VIP', 'vip'])).toEqual([{ given: '7', tag: '7' }]);
  });

  test('are found by an id that is only the vendor’s, behind ids and names', async () => {
    const known = [
      { id: 'vip', name: 'vip', vendor_id: 'abc' },
      { id: 'xyz', name: 'xyz', vendor_id: 'vip' },
    ];
    const { crm } = crmWith({ known });
    expect(await resolveTags(crm, ['abc', 'vip'])).toEqual([{ given: 'abc', tag: 'vip' }]);
  });

  test('numbers alone need no list', async () => {
    const { crm, lists } = crmWith({ known: [vip] });
    expect(await resolveTags(crm, ['12'])).toEqual([{ given: '12', tag: '12' }]);
    expect(lists()).toBe(0);
  });

  test('an unknown name is refused, passed on where nothing is listed, or created', async () => {
    const { crm, made } = crmWith({ known: [vip] });
    await expect(lookUpTags(crm, ['Gone'])).rejects.toMatchObject({ code: 'tag_not_found' });
    expect(await resolveTags(crm, [' New '], { createMissing: true })).toEqual([{ given: ' New ', tag: 'new New' }]);
    expect(made).toEqual(['New']);
    expect(await resolveTags(crmWith({}).crm, ['Gone'])).toEqual([{ given: 'Gone', tag: 'Gone' }]);
  });
});
