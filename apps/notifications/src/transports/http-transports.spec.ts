import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { MailTransport, OutgoingMail } from './mail-transport.js';
import { resendTransport } from './resend-transport.js';
import { sesTransport } from './ses-transport.js';

interface Asked {
  path: string | undefined;
  headers: IncomingMessage['headers'];
  body: unknown;
}

const mail: OutgoingMail = {
  id: 'email_1',
  to: { address: 'ada@example.com', name: 'Ada' },
  from: 'MFH <no-reply@mfh.example>',
  replyTo: 'help@mfh.example',
  subject: 'Grüße',
  html: '<p>Hi</p>',
  text: 'Hi',
  templateId: 'weekly_summary',
  accountId: 'account:1',
  unsubscribeUrl: 'https://api.example.com/emails/unsubscribe?token=t',
};

const asked: Asked[] = [];
let server: Server | undefined;
let transport: MailTransport | undefined;

async function vendor(status: number, body: unknown, headers: Record<string, string> = {}): Promise<string> {
  asked.length = 0;
  server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      asked.push({
        path: request.url,
        headers: request.headers,
        body: JSON.parse(Buffer.concat(chunks).toString('utf8')),
      });
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    })();
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(async () => {
  await transport?.close();
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
});

describe('Resend', () => {
  it('gets the mail, who may send it, and an id that drops repetitions', async () => {
    const url = await vendor(200, { id: 'resend-1' });
    transport = resendTransport({ url, apiKey: 'key' });
    expect(await transport.send(mail)).toBe('resend-1');
    expect(asked).toMatchObject([
      {
        path: '/emails',
        headers: { authorization: 'Bearer key', 'idempotency-key': 'email_1' },
        body: {
          from: mail.from,
          to: ['ada@example.com'],
          subject: 'Grüße',
          html: '<p>Hi</p>',
          text: 'Hi',
          reply_to: 'help@mfh.example',
          headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
          tags: [
            { name: 'template_type', value: 'weekly_summary' },
            { name: 'account_id', value: 'account_1' },
          ],
        },
      },
    ]);
  });

  it('has taken what it says yes to, in whatever words', async () => {
    transport = resendTransport({ url: await vendor(200, 'taken'), apiKey: 'key' });
    expect(await transport.send(mail)).toBe('');
  });

  it.each([
    [422, 'never'],
    [429, 'later'],
    [401, 'later'],
    [500, 'later'],
  ])('answering %d means %s', async (status, again) => {
    const url = await vendor(status, { message: 'no' });
    transport = resendTransport({ url, apiKey: 'key' });
    await expect(transport.send(mail)).rejects.toMatchObject({ name: 'MailNotTaken', again });
  });

  it('being away means later', async () => {
    const url = await vendor(200, {});
    await new Promise((resolve) => server?.close(resolve));
    server = undefined;
    transport = resendTransport({ url, apiKey: 'key' });
    await expect(transport.send(mail)).rejects.toMatchObject({ again: 'later' });
  });
});

describe('Amazon SES', () => {
  const sesAt = (url: string): MailTransport => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
    return sesTransport({ region: 'eu-west-1', configurationSet: 'reports', url });
  };

  it('gets the mail with its tags and configuration set', async () => {
    transport = sesAt(await vendor(200, { MessageId: 'ses-1' }));
    expect(await transport.send(mail)).toBe('ses-1');
    expect(asked).toMatchObject([
      {
        path: '/v2/email/outbound-emails',
        body: {
          FromEmailAddress: mail.from,
          Destination: { ToAddresses: ['ada@example.com'] },
          ReplyToAddresses: ['help@mfh.example'],
          Content: {
            Simple: { Subject: { Data: 'Grüße' }, Body: { Html: { Data: '<p>Hi</p>' }, Text: { Data: 'Hi' } } },
          },
          ConfigurationSetName: 'reports',
          EmailTags: [
            { Name: 'template_type', Value: 'weekly_summary' },
            { Name: 'account_id', Value: 'account_1' },
          ],
        },
      },
    ]);
  });

  it.each([
    [400, 'MessageRejected', 'never'],
    [429, 'TooManyRequestsException', 'later'],
    [400, 'SendingPausedException', 'later'],
    [500, 'InternalServiceErrorException', 'later'],
  ])('answering %d %s means %s', async (status, type, again) => {
    transport = sesAt(await vendor(status, { message: 'no' }, { 'x-amzn-errortype': type }));
    await expect(transport.send(mail)).rejects.toMatchObject({ name: 'MailNotTaken', again });
    expect(asked).toHaveLength(1);
  });
});
