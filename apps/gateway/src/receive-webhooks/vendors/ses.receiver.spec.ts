import { generateKeyPairSync, sign } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Delivery } from '../delivery.js';
import { SesReceiver } from './ses.receiver.js';

const NOW = new Date('2026-11-21T12:00:00.000Z');
const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:mail-reports';
const CERTIFICATE = 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123abcd.pem';
const CONFIRM = 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=x&Token=y';

const amazonKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const asked: string[] = [];
const receiver = new SesReceiver([TOPIC], {
  keyAt: (url) => {
    asked.push(url);
    return Promise.resolve(amazonKeys.publicKey);
  },
  visit: (url) => {
    asked.push(url);
    return Promise.resolve();
  },
});

type Fields = Record<string, string>;

const bounce = { notificationType: 'Bounce', mail: { messageId: 'ses-1' } };
const report = JSON.stringify(bounce);
const notification: Fields = {
  Type: 'Notification',
  MessageId: 'sns-1',
  TopicArn: TOPIC,
  Message: report,
  Timestamp: NOW.toISOString(),
};

/** Signs as Amazon documents it: names and values of the signed fields, sorted, each on a line. */
function signed(fields: Fields, { version = '2', key = amazonKeys.privateKey } = {}): Fields {
  const text = Object.keys(fields)
    .sort()
    .map((name) => `${name}\n${fields[name]}\n`)
    .join('');
  const signature = sign(version === '2' ? 'RSA-SHA256' : 'RSA-SHA1', Buffer.from(text), key).toString('base64');
  return { ...fields, SignatureVersion: version, Signature: signature, SigningCertURL: CERTIFICATE };
}

const deliver = (fields: Fields) => {
  const delivery: Delivery = {
    method: 'POST',
    url: '/webhooks/ses',
    headers: {},
    body: Buffer.from(JSON.stringify(fields)),
    secret: undefined,
    query: {},
    receivedAt: NOW,
  };
  return receiver.receive(delivery);
};

beforeEach(() => {
  asked.length = 0;
});

describe('a report of Amazon SES', () => {
  it.each(['1', '2'])('is believed by its signature, version %s', async (version) => {
    const { events } = await deliver(signed(notification, { version }));
    expect(events).toEqual([{ id: 'sns-1', payload: bounce }]);
  });

  const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

  it.each([
    ['a changed message', { ...signed(notification), Message: report.replace('ses-1', 'ses-2') }],
    ['a foreign key', signed(notification, { key: foreign })],
    ['no signature', { ...signed(notification), Signature: '' }],
    ['an old message', signed({ ...notification, Timestamp: '2026-11-19T12:00:00.000Z' })],
    ['a message without a time', signed({ ...notification, Timestamp: 'yesterday' })],
  ])('is refused with %s', async (_what, fields) => {
    await expect(deliver(fields)).rejects.toMatchObject({ status: 401 });
  });

  it.each([
    ['of a topic that is not ours', signed({ ...notification, TopicArn: `${TOPIC}-of-somebody` })],
    [
      'whose certificate is elsewhere',
      { ...signed(notification), SigningCertURL: 'https://sns.evil.example/SimpleNotificationService-0.pem' },
    ],
    [
      'whose certificate is only named alike',
      { ...signed(notification), SigningCertURL: `https://evil.example/?${CERTIFICATE}` },
    ],
  ])('is refused without asking anybody %s', async (_what, fields) => {
    await expect(deliver(fields)).rejects.toMatchObject({ status: 401 });
    expect(asked).toEqual([]);
  });

  it('is refused when it is no message of SNS', async () => {
    await expect(deliver({ hello: 'there' })).rejects.toMatchObject({ status: 400 });
  });
});

describe('the confirmation of a subscription', () => {
  const confirmation: Fields = { ...notification, Type: 'SubscriptionConfirmation', Token: 'y', SubscribeURL: CONFIRM };

  it('is given by visiting the address of Amazon', async () => {
    expect(await deliver(signed(confirmation))).toEqual({ events: [] });
    expect(asked).toEqual([CERTIFICATE, CONFIRM]);
  });

  it('visits no other address', async () => {
    const elsewhere = signed({ ...confirmation, SubscribeURL: 'http://169.254.169.254/' });
    await expect(deliver(elsewhere)).rejects.toMatchObject({ status: 400 });
    expect(asked).toEqual([CERTIFICATE]);
  });
});
