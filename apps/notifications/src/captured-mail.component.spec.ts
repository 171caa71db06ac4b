import { environment, startNotifications, type NotificationsUnderTest } from './testing/notifications-under-test.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { inboundReceived, mailRequested, newId, questions, subjects } from '#contracts';
import { EventPublisher, JETSTREAM, publishJson, Questions, toCloudEvent, type JetStreamClient } from '#messaging';
import { waitFor } from '#testing';
import { Clock } from './clock.js';
import { EmailLogs } from './persistence/email-logs.repository.js';
import { Suppressions } from './persistence/suppressions.repository.js';

let notifications: NotificationsUnderTest;

beforeAll(async () => {
  notifications = await startNotifications();
});
afterAll(async () => {
  await notifications.stop();
  await environment.dispose();
});

const Messages = z.object({
  messages: z.array(
    z.object({ id: z.string(), subject: z.string(), text: z.string(), headers: z.record(z.string(), z.string()) }),
  ),
});

const get = (path: string): Promise<Response> => fetch(`${notifications.running.url}${path}`);

async function inbox(to: string) {
  return Messages.parse(await (await get(`/_inbox/messages?to=${encodeURIComponent(to)}`)).json()).messages;
}

const invitation = (to: string, token = 'sample-token') => ({
  template: 'team_invite' as const,
  to: { address: to },
  accountId: 'account:1',
  variables: {
    inviter_name: 'Ada',
    account_name: 'Engines',
    role: 'member' as const,
    token,
    expires_at: new Date('2030-01-01T00:00:00Z'),
  },
});

const summary = (to: string) => ({
  template: 'weekly_summary' as const,
  to: { address: to },
  variables: {
    account_name: 'Engines',
    week_start: new Date('2026-03-02T00:00:00Z'),
    week_end: new Date('2026-03-09T00:00:00Z'),
    total_helpers: 1,
    total_executed: 2,
    total_succeeded: 2,
    total_failed: 0,
  },
});

describe('a requested mail', () => {
  it('reaches the inbox with its secret, and the log keeps neither secret nor text', async () => {
    const id = await notifications.request(invitation('Grace@Example.com', 'very-secret'));
    const log = await notifications.becomes(id, 'sent');
    expect(log).toMatchObject({ account_id: 'account:1', template_id: 'team_invite', attempts: 1, message_id: id });
    expect(log.variables).toBeUndefined();
    expect(JSON.stringify(log)).not.toContain('very-secret');
    const [mail] = await inbox('grace@example.com');
    expect(mail?.subject).toBe('Ada invites you to Engines');
    expect(mail?.text).toContain('http://127.0.0.1:3000/invite/very-secret');
  });

  it('of a transaction that was rolled back is never sent', async () => {
    const failing = notifications.unitOfWork.run(async (session) => {
      await notifications.mailer.request(session, invitation('nobody@example.com'));
      throw new Error('the change failed');
    });
    await expect(failing).rejects.toThrow('the change failed');
    const later = await notifications.request(invitation('somebody@example.com'));
    await notifications.becomes(later, 'sent');
    expect(await inbox('nobody@example.com')).toEqual([]);
  });

  it('whose request is delivered twice is sent once', async () => {
    const publisher = notifications.running.app.get(EventPublisher);
    const mailId = newId('email');
    const event = toCloudEvent('producer', mailRequested, {
      subject: mailId,
      data: {
        mail_id: mailId,
        template: 'welcome',
        to: { address: 'twice@example.com' },
        variables: { name: 'Ada' },
        sealed: {},
      },
    });
    await publisher.publishWrapped(mailRequested.subject(), event);
    await notifications.becomes(mailId, 'sent');
    await publisher.publishWrapped(mailRequested.subject(), { ...event, id: newId('evt') });
    const later = await notifications.request(invitation('after@example.com'));
    await notifications.becomes(later, 'sent');
    expect(await notifications.log(mailId)).toMatchObject({ attempts: 1 });
    expect(await inbox('twice@example.com')).toHaveLength(1);
  });

  it('that came too late is dropped', async () => {
    const id = await notifications.request({
      template: 'onboarding_email_otp',
      to: { address: 'late@example.com' },
      variables: { code: '123456', expires_in_minutes: 15 },
      usefulUntil: new Date('2026-01-01T00:00:00Z'),
    });
    await notifications.becomes(id, 'expired');
    expect(await inbox('late@example.com')).toEqual([]);
  });

  it('is sent by another process when the one that took it has died', async () => {
    const emails = notifications.running.app.get(EmailLogs);
    const clock = notifications.running.app.get(Clock);
    const soon = new Date(Date.now() + 60_000);
    const mailId = newId('email');
    const to = { address: 'orphan@example.com' };
    await emails.add({ mail_id: mailId, template: 'welcome', to, variables: {}, sealed: {} }, soon);
    // Nobody else takes it: it is not due for the others yet.
    expect((await emails.claimDue(soon))?._id).toBe(mailId);
    try {
      clock.now = () => new Date(soon.getTime() + 3 * 60_000);
      expect(await notifications.becomes(mailId, 'sent')).toMatchObject({ attempts: 2 });
    } finally {
      clock.now = () => new Date();
    }
    expect(await inbox(to.address)).toHaveLength(1);
  });

  it('that nobody can read becomes a dead letter and does not block the next one', async () => {
    const jetstream = notifications.running.app.get<JetStreamClient>(JETSTREAM);
    await publishJson(jetstream, subjects.notifyEmail, { what: 'is this' });
    const id = await notifications.request(invitation('next@example.com'));
    await notifications.becomes(id, 'sent');
    await waitFor(async () =>
      (await notifications.deadLetters()).some(({ reason }) => reason.code === 'emails.unreadable_request'),
    );
  });
});

describe('suppression', () => {
  it.each(['bounce', 'complaint'] as const)('after a %s nothing is sent any more', async (reason) => {
    const address = `${reason}@example.com`;
    await notifications.running.app.get(Suppressions).add(address, reason);
    const id = await notifications.request(invitation(address.toUpperCase()));
    expect(await notifications.becomes(id, 'suppressed')).toMatchObject({ error_message: reason });
    expect(await inbox(address)).toEqual([]);
  });

  it('begins when the mail system says that a mail of ours came back, and with no mail of others', async () => {
    const address = 'gone@example.com';
    const id = await notifications.request(invitation(address));
    await notifications.becomes(id, 'sent');
    const publisher = notifications.running.app.get(EventPublisher);
    const report = (messageId: string, of: string) => ({
      subject: messageId,
      data: {
        vendor: 'ses' as const,
        event_id: messageId,
        received_at: new Date().toISOString(),
        payload: {
          mail: { messageId },
          bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: of }] },
        },
      },
    });
    await publisher.publish(inboundReceived.ses, report('somebody-elses', 'fine@example.com'));
    await publisher.publish(inboundReceived.ses, report(id, address));
    await notifications.becomes(id, 'bounced');
    await notifications.becomes(await notifications.request(invitation(address)), 'suppressed');
    await notifications.becomes(await notifications.request(invitation('fine@example.com')), 'sent');
  });

  it('by the link in a mail ends optional mail only', async () => {
    const address = 'reader@example.com';
    await notifications.becomes(await notifications.request(summary(address)), 'sent');
    const [mail] = await inbox(address);
    expect(mail?.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    const link = new URL(/<(.+)>/.exec(mail?.headers['List-Unsubscribe'] ?? '')?.[1] ?? '');
    expect(mail?.text).toContain(link.href);

    const page = await get(link.pathname + link.search);
    expect(await page.text()).toContain('<form method="post"');
    await notifications.becomes(await notifications.request(summary(address)), 'sent');

    const ended = await fetch(`${notifications.running.url}${link.pathname}${link.search}`, {
      method: 'POST',
      body: 'List-Unsubscribe=One-Click',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(ended.status).toBe(200);
    await notifications.becomes(await notifications.request(summary(address)), 'suppressed');
    await notifications.becomes(await notifications.request(invitation(address)), 'sent');
  });

  it('ends when an operator releases the address', async () => {
    const address = 'repaired@example.com';
    await notifications.running.app.get(Suppressions).add(address, 'bounce');
    const ask = notifications.running.app.get(Questions);
    const { suppressions } = await ask.ask(questions.suppressions, { limit: 10 });
    expect(suppressions).toContainEqual(expect.objectContaining({ address, reason: 'bounce' }));
    expect(await ask.ask(questions.releaseAddress, { address })).toEqual({ released: true });
    expect(await ask.ask(questions.releaseAddress, { address })).toEqual({ released: false });
    await notifications.becomes(await notifications.request(invitation(address)), 'sent');
  });

  it('needs a link of ours', async () => {
    const forged = await get('/emails/unsubscribe?token=AAAA');
    expect(forged.status).toBe(404);
    expect(await forged.text()).toContain('This link does not work');
  });
});

describe('the inbox', () => {
  it('shows mails as pages that can run nothing', async () => {
    const id = await notifications.request({
      template: 'account_notification',
      to: { address: 'pages@example.com' },
      variables: { subject: '<script>alert(1)</script>', message: 'See you' },
    });
    await notifications.becomes(id, 'sent');
    const list = await get('/_inbox?to=pages@example.com');
    expect(list.headers.get('content-security-policy')).toContain("default-src 'none'");
    const text = await list.text();
    expect(text).toContain(`/_inbox/${id}`);
    expect(text).not.toContain('<script>');
    expect(await (await get(`/_inbox/${id}`)).text()).toContain('See you');
    const html = await get(`/_inbox/${id}/html`);
    expect(html.headers.get('content-type')).toContain('text/html');
    expect(await html.text()).not.toContain('<script>');
  });

  it('knows no mail that is not there', async () => {
    expect((await get('/_inbox/email_nothing')).status).toBe(404);
  });
});
