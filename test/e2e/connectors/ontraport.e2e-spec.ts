import { expect, it } from '@jest/globals';
import { attributes, ontraport, V1 } from './ontraport.subject.js';
import { vendorContract } from './vendor-contract.js';

vendorContract(ontraport, (subject) => {
  it('needs the app id beside the key', () => {
    const { connect } = subject();
    expect(() => connect({ credentials: { api_key: 'sandbox-demo-key' } })).toThrow('The connection lacks app_id');
  });

  it('is refused in a text that is no JSON, with the state of the limit beside it', async () => {
    const { sandboxUrl } = subject();
    const answer = await fetch(`${sandboxUrl}${V1}/Contacts/getInfo`, { headers: { 'Api-Key': 'sandbox-demo-key' } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    expect(answer.headers.get('x-rate-limit-reset')).toMatch(/^\d+$/);
    expect(await answer.text()).toBe('Your App ID and API Key do not authenticate.');
  });

  it('never names several contacts where one is meant, and never none', async () => {
    const { connect, tag, automation, sent } = subject();
    const before = sent();
    for (const id of ['', '0', '-1', '1201,1202', ' 1201', '1e3', 'all']) {
      const { crm } = connect();
      const refusal = { kind: 'validation', outcome: 'not_sent' };
      await expect(crm.deleteContact(id)).rejects.toMatchObject(refusal);
      await expect(crm.updateContact(id, { first_name: 'X' })).rejects.toMatchObject(refusal);
      await expect(crm.triggerAutomation(id, automation)).rejects.toMatchObject(refusal);
      await expect(crm.createNote?.(id, { title: 'T', body: 'B', type: 'general' })).rejects.toMatchObject(refusal);
    }
    expect(sent()).toBe(before);
    await expect(connect().crm.applyTag('1201,1202', tag.id)).rejects.toMatchObject({ kind: 'validation' });
  });

  it('says which address is not valid before the vendor forgets it', async () => {
    const { connect, contact, record } = subject();
    const { email } = await record(contact(210));
    const changing = connect().crm.updateContact(contact(210), { email: 'not an address' });
    await expect(changing).rejects.toMatchObject({ kind: 'validation', status: 422, outcome: 'refused' });
    expect(await record(contact(210))).toMatchObject({ email });
  });

  it.each([
    ['Score', 'many', 'a number'],
    ['Budget', '1,50', 'a number'],
    ['Renewal Date', 'next week', 'a date'],
    ['Last Visit', 'soon', 'a date'],
    ['Newsletter', 'perhaps', 'yes or no'],
    ['Support Level', 'Gold', 'Basic, Plus, Premium'],
    ['Interests', ['Books', 'Fishing'], 'Coaching, Workshops, Books'],
    ['birthday', 'in spring', 'a date'],
  ])('refuses for %s what the vendor would store as something else', async (label, value, hint) => {
    const { connect, contact, record } = subject();
    const before = await record(contact(211));
    const { crm, calls } = connect();
    const writing = crm.setContactFieldValue(contact(211), label, value);
    await expect(writing).rejects.toMatchObject({ kind: 'validation', outcome: 'not_sent' });
    await expect(writing).rejects.toThrow(hint);
    expect(calls.every(({ operation }) => operation === 'getCustomFields')).toBe(true);
    expect(await record(contact(211))).toEqual(before);
  });

  it.each(['id', 'dlm', 'unique_id', 'contact_cat', 'bulk_mail', 'updateCampaign'])(
    'does not write %s as if it were a field',
    async (key) => {
      const { connect, contact, sent } = subject();
      const before = sent();
      const writing = connect().crm.setContactFieldValue(contact(212), key, '1');
      await expect(writing).rejects.toMatchObject({ kind: 'validation', outcome: 'not_sent' });
      expect(sent()).toBe(before);
    },
  );

  it('takes options by their labels and by their ids, and shows labels', async () => {
    const { connect, contact, api } = subject();
    for (const written of ['premium', 'Premium', '3']) {
      await connect().crm.setContactFieldValue(contact(213), 'Support Level', written);
      expect((await attributes(api, contact(213)))['f1013']).toBe('3');
    }
    await connect().crm.setContactFieldValue(contact(213), 'Interests', 'books, Coaching');
    expect((await attributes(api, contact(213)))['f1003']).toBe('*/*3*/*1*/*');
    const { custom_fields: fields } = await connect().crm.getContact(contact(213));
    expect(fields).toMatchObject({ f1013: 'Premium', f1003: ['Books', 'Coaching'] });
  });

  it('stores days as midnight in UTC and instants as Unix seconds', async () => {
    const { connect, contact, api } = subject();
    const { crm } = connect();
    await crm.setContactFieldValue(contact(214), 'Renewal Date', '2027-01-31T22:15:00+05:00');
    await crm.setContactFieldValue(contact(214), 'Last Visit', '2027-01-31 22:15:00');
    await crm.setContactFieldValue(contact(214), 'birthday', '1969-12-31');
    expect(await attributes(api, contact(214))).toMatchObject({
      f1005: String(Date.UTC(2027, 0, 31) / 1000),
      f1006: String(Date.UTC(2027, 0, 31, 22, 15) / 1000),
      birthday: '-86400',
    });
  });

  it('takes a change from its modification, not from its last activity', async () => {
    const { connect, contact, api } = subject();
    const { crm } = connect();
    await crm.setContactFieldValue(contact(215), 'first_name', 'Modified');
    const { dlm, dla } = await attributes(api, contact(215));
    expect(dlm).not.toBe(dla);
    const { updated_at: updatedAt } = await connect().crm.getContact(contact(215));
    expect(updatedAt).toBe(new Date(Number(dlm) * 1000).toISOString());
  });

  it.each([
    ['bounced+bounced@example.com', 'bounced'],
    ['under.review+unsubscribed@example.com', 'under review'],
  ])('cannot lift what was found out about %s', async (email, reason) => {
    const { connect, effects } = subject();
    const { crm } = connect();
    const { id } = await crm.createContact({ first_name: 'No', last_name: 'Mail', email });
    const optingIn = connect().crm.setOptInStatus?.(id, true, 'Asked for it');
    await expect(optingIn).rejects.toMatchObject({ kind: 'validation', retryable: false });
    await expect(optingIn).rejects.toThrow(reason);
    await connect().crm.setOptInStatus?.(id, false, 'Asked for it');
    expect((await effects(id)).map(({ operation }) => operation)).toEqual(['CreateContact']);
  });

  it('leaves a confirmed consent alone', async () => {
    const { connect, contact, sent } = subject();
    const { crm } = connect();
    await crm.setOptInStatus?.(contact(216), true, 'Asked for it');
    const before = sent();
    await crm.setOptInStatus?.(contact(216), true, 'Asked again');
    expect(sent()).toBe(before);
  });

  it('filters by title, page and birthday, too', async () => {
    const { connect, contact } = subject();
    const wanted = { job_title: 'Cartographer', website: 'https://maps.example/?a=1&b=2', birthday: '1912-06-23' };
    for (const [key, value] of Object.entries(wanted)) {
      await connect().crm.setContactFieldValue(contact(217), key, value);
      const { contacts, total } = await connect().crm.getContacts({ filters: { [key]: value } });
      expect([key, contacts.map(({ id }) => id), total]).toEqual([key, [contact(217)], 1]);
    }
  });

  it('refuses to filter or to order the contacts of a tag', async () => {
    const { connect, popularTag } = subject();
    for (const more of [{ email: 'a@example.com' }, { filters: { city: 'Austin' } }, { order_by: 'email' }]) {
      const listing = connect().crm.getContacts({ tag_id: popularTag.id, ...more });
      await expect(listing).rejects.toMatchObject({ kind: 'validation', outcome: 'not_sent' });
    }
  });

  it('asks for ids alone when nothing else is wanted', async () => {
    const { connect } = subject();
    const { crm, calls } = connect();
    const { contacts } = await crm.getContacts({ limit: 50, ids_only: true });
    expect(contacts).toHaveLength(50);
    expect(contacts[0]).toMatchObject({ id: '1001', first_name: '', custom_fields: {} });
    expect(calls).toHaveLength(1);
  });
});
