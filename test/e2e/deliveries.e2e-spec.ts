import { afterAll, describe, expect, it } from '@jest/globals';
import { startMailServer, waitFor, type MailServer } from '#testing';
import { execute, newHelper } from './support/customer.js';
import { useSystem } from './support/use-system.js';

const CONTACT = '1007';

let mailServer: MailServer;
const running = useSystem(async () => {
  mailServer = await startMailServer();
  return { env: { MFH_SMTP_URL: mailServer.url, MFH_MAIL_FROM: 'Platform <no-reply@mfh.example>' } };
});
afterAll(() => mailServer.close());

/** Runs a new helper for the contact; what its execution ended with. */
async function run(type: string, config: Record<string, unknown>) {
  const helper = await newHelper(running.customer, type, config);
  const ended = await running.customer.api.ended(await execute(running.customer, helper, CONTACT));
  expect([ended.status, ended.error_message ?? '']).toEqual(['completed', '']);
  return { helper, data: ended.output.modified_data };
}

/** Links name the public address of the gateway; here it listens elsewhere. */
const here = (link: unknown): string => String(link).replace(/^https?:\/\/[^/]+/, running.system.url);

describe('mail', () => {
  it('is sent by the mail server of the installation', async () => {
    const { data } = await run('mail_it', {
      subject_template: 'Hello {{FirstName}}',
      body_template: 'About {{Email}}',
      from_name: 'Shop',
      from_email: 'shop@example.com',
      content_type: 'text/plain',
    });
    const sent = mailServer.messages.find((message) => message.includes(String(data['message_id'])));
    expect(sent).toContain(`To: ${String(data['to'])}`);
    expect(sent).toContain(`Subject: ${String(data['subject'])}`);
    expect(sent).not.toContain('{{');
  });

  it('about a contact goes to the owner of the account', async () => {
    const { data } = await run('notify_me', { channel: 'email', message: 'New: {{full_name}}', subject: 'A lead' });
    expect(data['recipient']).toBe(running.customer.email);
    const sent = mailServer.messages.find((message) => message.includes('Subject: A lead'));
    expect(sent).toContain(`To: ${running.customer.email}`);
    expect(sent).toContain('From: Platform <no-reply@mfh.example>');
  });
});

describe('files', () => {
  it('of an export are downloaded by their link, by nobody without it', async () => {
    const { data } = await run('excel_it', { fields: 'Id, FirstName, Email' });
    const url = here(data['download_url']);
    const file = await fetch(url);
    expect(file.headers.get('content-disposition')).toContain(`contact-${CONTACT}.csv`);
    const [titles, row] = (await file.text()).split('\r\n');
    expect(titles).toBe('Id,FirstName,Email');
    expect(row?.startsWith(`${CONTACT},`)).toBe(true);
    expect((await fetch(`${url.slice(0, -4)}aaaa`)).status).toBe(404);
  });

  it('that a contact uploads come back to the helper and can be downloaded', async () => {
    const { helper, data } = await run('upload_it', { goal: 'uploaded' });
    const form = new FormData();
    form.set('file', new File(['%PDF-1.7 hello'], 'my file.pdf', { type: 'application/pdf' }));
    const page = here(data['upload_page_url']);
    expect((await fetch(`${page}/files`, { method: 'POST', body: form })).status).toBe(202);

    const { api } = running.customer;
    const arrived = await waitFor(async () => {
      const path = `/executions?helper_id=${helper}&status=completed`;
      const { executions } = (await api.get<{ executions: { execution_id: string }[] }>(path)).data;
      return executions.length === 2 ? executions[0]?.execution_id : undefined;
    });
    const { output } = await api.ended(arrived ?? '');
    expect(output.modified_data).toMatchObject({ file_name: 'my file.pdf', file_size: 14 });
    expect(output.actions).toMatchObject([{ type: 'goal_achieved', target: CONTACT, value: 'uploaded' }]);
    expect(await (await fetch(here(output.modified_data['download_url']))).text()).toBe('%PDF-1.7 hello');
  });
});
