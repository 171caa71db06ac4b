import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { HelperFailure, type MailMessage } from '#helpers';
import { startMailServer, type MailServer } from '#testing';
import { smtpMail, smtpTransport, type SmtpTransport } from './smtp-mail.js';

const message: MailMessage = {
  to: 'ada@example.com',
  subject: 'Grüße\r\nBcc: x@example.com',
  body: '<p>Hi</p>',
  contentType: 'text/html',
  from: { name: 'Shop, "the" best', email: 'shop@example.com' },
  replyTo: 'r@example.com',
  unsubscribeTo: 'r@example.com',
};

let server: MailServer | undefined;
let transport: SmtpTransport | null = null;
afterEach(async () => {
  transport?.close();
  await server?.close();
});

async function mailOver(verdict?: string, checkSender = (): Promise<void> => Promise.resolve()) {
  server = await startMailServer(verdict);
  transport = smtpTransport(server.url);
  const config = { MFH_MAIL_FROM: 'Platform <no-reply@mfh.example>' };
  return smtpMail({ transport, config, checkSender, ownerAddress: () => Promise.resolve('owner@example.com') });
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(5);
}

async function failure(sending: Promise<unknown>): Promise<HelperFailure> {
  try {
    await sending;
  } catch (error) {
    if (error instanceof HelperFailure) return error;
    throw error;
  }
  throw new Error('the message was taken');
}

describe('a message', () => {
  test('arrives with its headers, one recipient and a stable id', async () => {
    const mail = await mailOver();
    const first = await mail.send(message, 'exec:1.send');
    const second = await mail.send(message, 'exec:1.send');
    expect(first.messageId).toMatch(/^<[0-9a-f]{32}@example\.com>$/);
    expect(second).toEqual(first);
    expect(server?.envelopes.slice(0, 2)).toEqual(['MAIL FROM:<shop@example.com>', 'RCPT TO:<ada@example.com>']);
    const [head = '', body = ''] = server?.messages[0]?.split('\r\n\r\n') ?? [];
    expect(head).toContain('Reply-To: r@example.com');
    expect(head).toContain('List-Unsubscribe: <mailto:r@example.com?subject=unsubscribe>');
    expect(head).toContain('Content-Type: text/html');
    expect(head).not.toMatch(/^Bcc:/im);
    expect(body).toContain('<p>Hi</p>');
  });

  test('without sender is from the platform', async () => {
    const mail = await mailOver();
    await mail.send({ to: 'a@example.com', subject: 's', body: 'b', contentType: 'text/plain' }, 'k');
    expect(server?.envelopes[0]).toBe('MAIL FROM:<no-reply@mfh.example>');
    expect(server?.messages[0]).toContain('From: Platform <no-reply@mfh.example>');
  });

  test('is not sent as somebody else', async () => {
    const refuse = (): Promise<void> => Promise.reject(new HelperFailure('sender_not_verified', 'give_up', 'no'));
    const mail = await mailOver(undefined, refuse);
    expect((await failure(mail.send(message, 'k'))).code).toBe('sender_not_verified');
    expect(server?.messages).toEqual([]);
  });
});

describe('a failure says whether another attempt may help', () => {
  test.each([
    ['550 no such mailbox', 'mail_refused', 'give_up', true],
    ['451 try later', 'mail_unavailable', 'retry', true],
  ])('%s', async (verdict, code, failureClass, nothingDone) => {
    const mail = await mailOver(verdict);
    expect(await failure(mail.send(message, 'k'))).toMatchObject({ code, failureClass, nothingDone });
  });

  test('nobody listens', async () => {
    const mail = await mailOver();
    await server?.close();
    expect(await failure(mail.send(message, 'k'))).toMatchObject({ code: 'mail_unavailable', nothingDone: true });
  });

  test('the connection breaks before the answer', async () => {
    const mail = await mailOver('');
    const sending = failure(mail.send(message, 'k'));
    await until(() => server?.messages.length === 1);
    server?.hangUp();
    expect(await sending).toMatchObject({ code: 'mail_unavailable', failureClass: 'retry', nothingDone: false });
  });

  test('no mail server is configured', async () => {
    const mail = smtpMail({
      transport: smtpTransport(undefined),
      config: { MFH_MAIL_FROM: 'x@example.com' },
      checkSender: () => Promise.resolve(),
      ownerAddress: () => Promise.resolve(''),
    });
    expect(await failure(mail.send(message, 'k'))).toMatchObject({ code: 'mail_not_configured', nothingDone: true });
  });
});
