import { expect, it } from '@jest/globals';
import type { ContractSubject } from '../contract-subject.js';

export function tagContract(subject: () => ContractSubject): void {
  it('lists every tag', async () => {
    const { connect, tag } = subject();
    expect(await connect().crm.getTags()).toContainEqual(expect.objectContaining(tag));
  });

  it('applies a tag by id or by name in any letter case, twice without harm, and finds its contacts', async () => {
    const { connect, contact, tag } = subject();
    const { crm } = connect();
    await crm.applyTag(contact(7), tag.id);
    await crm.applyTag(contact(7), ` ${tag.name.toUpperCase()} `);

    const tagged = await crm.getContacts({ tag_id: tag.name });
    expect(tagged.contacts.map(({ id }) => id)).toContain(contact(7));
    expect(tagged.contacts.find(({ id }) => id === contact(7))?.created_at).toBeDefined();
    expect((await crm.getContact(contact(7))).tags?.filter(({ id }) => id === tag.id)).toHaveLength(1);
  });

  it('removes a tag, also one that is not there', async () => {
    const { connect, contact, tag } = subject();
    const { crm } = connect();
    await crm.applyTag(contact(8), tag.id);
    await crm.removeTag(contact(8), tag.name);
    await crm.removeTag(contact(8), tag.name);

    expect((await crm.getContact(contact(8))).tags?.map(({ id }) => id)).not.toContain(tag.id);
  });

  it('never sends the name of a tag that does not exist', async () => {
    const { connect, contact, effects } = subject();
    const before = (await effects()).length;
    await expect(connect().crm.applyTag(contact(0), 'no such tag')).rejects.toMatchObject({
      kind: 'not_found',
      outcome: 'not_sent',
    });
    expect(await effects()).toHaveLength(before);
  });

  it('says not_found when the contact does not exist', async () => {
    const { connect, tag } = subject();
    await expect(connect().crm.applyTag('999999999', tag.id)).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('makes a tag once: the second time it is the same', async () => {
    const { crm } = subject().connect();
    const made = await crm.createTag?.({ name: 'Made by the contract', description: 'For the test' });
    const again = await crm.createTag?.({ name: 'made by the CONTRACT' });

    expect(made?.id).toBeDefined();
    expect(again?.id).toBe(made?.id);
  });
}
