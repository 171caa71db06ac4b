import { expect } from '@jest/globals';
import { carries } from './contacts.js';
import type { ContractChecks } from './checks.js';

/** More than any vendor gives on one page of tags. */
const MANY = 110;

export function tagContract(checks: ContractChecks): void {
  checks.that('getTags', 'lists the tags with id and name', async ({ connect, tag, popularTag }) => {
    const tags = await connect().crm.getTags();
    for (const { id, name } of [tag, popularTag]) expect(tags).toContainEqual(expect.objectContaining({ id, name }));
    expect(new Set(tags.map(({ id }) => id)).size).toBe(tags.length);
  });

  checks.that('applyTag', 'applies a tag by its id, twice without harm', async ({ connect, contact, tag }) => {
    const { crm } = connect();
    await crm.applyTag(contact(50), tag.id);
    await crm.applyTag(contact(50), tag.id);

    const read = await crm.getContact(contact(50));
    expect(carries(read, tag)).toBe(true);
    expect(new Set(read.tags?.map(({ id }) => id)).size).toBe(read.tags?.length);
  });

  checks.that('applyTag', 'applies a tag by its name in any letter case', async ({ connect, contact, tag }) => {
    for (const [index, name] of [tag.name, tag.name.toUpperCase(), ` ${tag.name.toLowerCase()} `].entries()) {
      const { crm } = connect();
      await crm.applyTag(contact(51 + index), name);
      expect(carries(await crm.getContact(contact(51 + index)), tag)).toBe(true);
      const tagged = await crm.getContacts({ tag_id: name });
      expect(tagged.contacts.map(({ id }) => id)).toContain(contact(51 + index));
    }
  });

  checks.that('applyTag', 'leaves the other tags of a contact alone', async ({ connect, contact, tag, record }) => {
    const before = (await record(contact(55)))['tags'];
    await connect().crm.applyTag(contact(55), tag.id);
    await connect().crm.removeTag(contact(55), tag.id);
    expect((await record(contact(55)))['tags']).toEqual(before);
  });

  checks.that('removeTag', 'removes a tag by id and by name, also one that is not there', async (subject) => {
    const { connect, contact, tag } = subject;
    const { crm } = connect();
    for (const named of [tag.id, tag.name]) {
      await crm.applyTag(contact(54), tag.id);
      await crm.removeTag(contact(54), named);
      expect(carries(await crm.getContact(contact(54)), tag)).toBe(false);
      await crm.removeTag(contact(54), named);
    }
  });

  checks.that('applyTag', 'never sends a tag that does not exist', async ({ connect, contact, effects }) => {
    const before = (await effects()).length;
    for (const unknown of ['no such tag', '987654321']) {
      const { crm } = connect();
      const refusal = { kind: 'not_found', outcome: 'not_sent', retryable: false };
      await expect(crm.applyTag(contact(0), unknown)).rejects.toMatchObject(refusal);
      await expect(crm.removeTag(contact(0), unknown)).rejects.toMatchObject(refusal);
    }
    expect(await effects()).toHaveLength(before);
  });

  checks.that('applyTag', 'says not_found when the contact does not exist', async ({ connect, tag }) => {
    await expect(connect().crm.applyTag('999999999', tag.id)).rejects.toMatchObject({ kind: 'not_found' });
  });

  checks.that('createTag', 'makes a tag once: the second time it is the same', async ({ connect }) => {
    const { crm } = connect();
    const made = await crm.createTag?.({ name: 'Made by the contract', description: 'For the test' });
    const again = await connect().crm.createTag?.({ name: 'made by the CONTRACT' });

    expect(made?.id).toBeDefined();
    expect(again?.id).toBe(made?.id);
  });

  checks.that('createTag', 'makes tags that can be applied by name at once', async ({ connect, contact }) => {
    const { crm } = connect();
    await crm.getTags();
    const made = await crm.createTag?.({ name: 'Made and used' });
    if (made === undefined) throw new Error('No tag was made');
    await crm.applyTag(contact(56), 'made and used');
    expect(carries(await crm.getContact(contact(56)), made)).toBe(true);
  });

  checks.that('createTag', 'finds tags that others have made since the list was read', async (subject) => {
    const { connect, contact } = subject;
    let ahead = 0;
    const { crm, nextRun } = connect({ clock: { now: () => new Date(Date.now() + ahead) } });
    await crm.getContacts({ tag_id: subject.tag.id });
    const made = await connect().crm.createTag?.({ name: 'Made by others' });
    if (made === undefined) throw new Error('No tag was made');
    ahead = 3_000;
    await nextRun().applyTag(contact(58), 'made by others');
    expect(carries(await nextRun().getContact(contact(58)), made)).toBe(true);
  });

  checks.that('createTag', 'has every page of many tags listed', async ({ connect }) => {
    const { crm, nextRun } = connect();
    const names = Array.from({ length: MANY }, (_, index) => `Numbered ${index}`);
    for (const name of names) await crm.createTag?.({ name });
    const listed = new Set((await nextRun().getTags()).map(({ name }) => name.toLowerCase()));
    expect(names.filter((name) => !listed.has(name.toLowerCase()))).toEqual([]);
  });

  checks.that('createTag', 'takes a number that is an id for the id, not for a name', async (subject) => {
    const { connect, contact, tag } = subject;
    const made = await connect().crm.createTag?.({ name: tag.id });
    const { crm } = connect();
    await crm.applyTag(contact(57), tag.id);
    const read = await crm.getContact(contact(57));
    expect(carries(read, tag)).toBe(true);
    // Where a tag's name is its id, the tag of that name is the tag itself.
    if (made?.id !== tag.id) expect(read.tags?.map(({ id }) => id)).not.toContain(made?.id);
  });
}
