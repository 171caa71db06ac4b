import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CloudEvent, MailRequest } from '#contracts';
import { freshEnvironment, waitFor } from '#testing';

describe('Mailer', () => {
  const environment = freshEnvironment();
  let parts: Awaited<ReturnType<typeof start>>;

  /** Imported late: subjects take their prefix from the environment of this suite. */
  async function start() {
    const { mailSealScope, subjects } = await import('#contracts');
    const messaging = await import('#messaging');
    const persistence = await import('#persistence');
    const { Sealer } = await import('#sealing');
    const { Mailer, MailerModule } = await import('./index.js');

    @Module({
      imports: [
        messaging.MessagingModule.forService('mailer-test'),
        persistence.PersistenceModule.forService('mailer-test'),
        MailerModule,
      ],
    })
    class TestModule {}

    const app = await NestFactory.createApplicationContext(TestModule, { logger: false });
    return {
      app,
      mailSealScope,
      stream: subjects.stream('NOTIFY'),
      mailer: app.get(Mailer),
      sealer: app.get(Sealer),
      unitOfWork: app.get(persistence.UnitOfWork),
      nats: app.get<NatsConnection>(messaging.NATS_CONNECTION),
    };
  }

  async function queued(): Promise<CloudEvent<MailRequest>[]> {
    const manager = await jetstreamManager(parts.nats);
    const { state } = await manager.streams.info(parts.stream);
    const found: CloudEvent<MailRequest>[] = [];
    for (let seq = state.first_seq; seq > 0 && seq <= state.last_seq; seq += 1) {
      const message = await manager.streams.getMessage(parts.stream, { seq });
      if (message) found.push(message.json());
    }
    return found;
  }

  const reset = (token: string) => ({
    template: 'password_reset' as const,
    to: { address: 'ada@example.com', name: 'Ada' },
    accountId: 'account:1',
    userId: 'user:1',
    variables: { name: 'Ada', token, token_expires_in_minutes: 30 },
    usefulUntil: new Date('2030-01-01T00:00:00Z'),
  });

  beforeAll(async () => {
    parts = await start();
  });
  afterAll(async () => {
    await parts.app.close();
    await environment.dispose();
  });

  it('queues a mail after the commit, its secrets sealed for this mail only', async () => {
    const id = await parts.unitOfWork.run((session) => parts.mailer.request(session, reset('very-secret')));
    const [event] = await waitFor(async () => {
      const seen = await queued();
      return seen.length === 1 && seen;
    });
    expect(event).toMatchObject({
      id,
      type: 'mfh.notify.email.requested.v1',
      accountid: 'account:1',
      data: {
        mail_id: id,
        template: 'password_reset',
        to: { address: 'ada@example.com', name: 'Ada' },
        variables: { name: 'Ada', token_expires_in_minutes: 30 },
        useful_until: '2030-01-01T00:00:00.000Z',
      },
    });
    expect(JSON.stringify(event)).not.toContain('very-secret');
    const sealed = event?.data.sealed['token'] ?? '';
    expect(await parts.sealer.open(sealed, parts.mailSealScope(id))).toBe('very-secret');
    await expect(parts.sealer.open(sealed, parts.mailSealScope('email_other'))).rejects.toThrow('tampered or foreign');
  });

  it('queues nothing of a transaction that was rolled back', async () => {
    const before = (await queued()).length;
    const failing = parts.unitOfWork.run(async (session) => {
      await parts.mailer.request(session, reset('rolled-back'));
      throw new Error('the change failed');
    });
    await expect(failing).rejects.toThrow('the change failed');
    const id = await parts.unitOfWork.run((session) => parts.mailer.request(session, reset('committed')));
    const seen = await waitFor(async () => {
      const now = await queued();
      return now.length > before && now;
    });
    expect(seen.slice(before).map((event) => event.id)).toEqual([id]);
  });

  it('refuses a request that lacks a variable, says which one, and repeats no value', async () => {
    const { expires_in_minutes: _left, ...incomplete } = { code: 'secret-code', expires_in_minutes: 15 };
    const request = parts.unitOfWork.run((session) =>
      parts.mailer.request(session, {
        template: 'onboarding_email_otp',
        to: { address: 'ada@example.com' },
        variables: incomplete as never,
      }),
    );
    const refused = await request.catch((error: unknown) => String(error));
    expect(refused).toMatch(/onboarding_email_otp.*expires_in_minutes/);
    expect(refused).not.toContain('secret-code');
  });

  it.each(['ada', 'ada@example.com\r\nBcc: all@example.com', 'a@b@c', ''])(
    'refuses the recipient %j',
    async (address) => {
      const request = parts.unitOfWork.run((session) =>
        parts.mailer.request(session, { ...reset('x'), to: { address } }),
      );
      await expect(request).rejects.toThrow('somebody@somewhere');
    },
  );
});
