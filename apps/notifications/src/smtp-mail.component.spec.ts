import { environment, startNotifications, type NotificationsUnderTest } from './testing/notifications-under-test.js';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { startMailServer, waitFor, type MailServer } from '#testing';

let server: MailServer;
let notifications: NotificationsUnderTest;

async function start(verdict?: string, recipientVerdict?: string): Promise<void> {
  server = await startMailServer(verdict, recipientVerdict);
  notifications = await startNotifications({ MFH_SMTP_URL: server.url, MFH_MAIL_FROM: 'MFH <no-reply@mfh.example>' });
}

afterEach(async () => {
  await notifications.stop();
  await server.close();
});
afterAll(() => environment.dispose());

const welcome = (address: string) => ({
  template: 'welcome' as const,
  to: { address, name: 'Ada' },
  userId: 'user:1',
  variables: { name: 'Ada' },
});

const inboxStatus = async (): Promise<number> => (await fetch(`${notifications.running.url}/_inbox`)).status;

describe('with a mail server', () => {
  it('mails arrive once, as HTML and text, and there is no inbox', async () => {
    await start();
    const id = await notifications.request(welcome('ada@example.com'));
    await notifications.becomes(id, 'sent');
    expect(server.messages).toHaveLength(1);
    expect(server.envelopes).toEqual(['MAIL FROM:<no-reply@mfh.example>', 'RCPT TO:<ada@example.com>']);
    expect(server.messages[0]).toContain(`Message-ID: <${id}@mfh.example>`);
    expect(server.messages[0]).toMatch(/Content-Type: text\/plain[\s\S]*Content-Type: text\/html/);
    expect(await inboxStatus()).toBe(404);
  });

  it('a mail that it does not take now is tried five more times and becomes a dead letter then', async () => {
    await start('451 try later');
    const id = await notifications.request(welcome('busy@example.com'));
    const log = await notifications.becomes(id, 'failed');
    expect(log.attempts).toBe(6);
    expect(server.messages).toHaveLength(6);
    const letters = (await notifications.deadLetters()).filter(({ mail }) => mail?.mail_id === id);
    expect(letters).toMatchObject([{ kind: 'notification', mail: { template: 'welcome', user_id: 'user:1' } }]);
  });

  it('a mail that it refuses is not tried again', async () => {
    await start('554 not this one');
    const id = await notifications.request(welcome('refused@example.com'));
    expect(await notifications.becomes(id, 'failed')).toMatchObject({ attempts: 1 });
    await waitFor(async () => (await notifications.deadLetters()).some(({ mail }) => mail?.mail_id === id));
  });

  it('an address that nobody has is sent nothing more', async () => {
    await start('250 taken', '550 5.1.1 no such mailbox');
    const id = await notifications.request(welcome('gone@example.com'));
    expect(await notifications.becomes(id, 'failed')).toMatchObject({ attempts: 1 });
    await notifications.becomes(await notifications.request(welcome('gone@example.com')), 'suppressed');
  });

  it('an address that the server does not serve is not held against it', async () => {
    await start('250 taken', '550 5.7.1 no relaying');
    await notifications.becomes(await notifications.request(welcome('far@example.com')), 'failed');
    await notifications.becomes(await notifications.request(welcome('far@example.com')), 'failed');
  });

  it('an address that could be read as two is refused before anything is sent', async () => {
    await start();
    const id = await notifications.request(welcome('a,b@example.com'));
    await notifications.becomes(id, 'failed');
    expect(server.envelopes).toEqual([]);
  });
});
