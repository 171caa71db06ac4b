import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { z } from 'zod';
import { MessagingModule } from '#messaging';
import { Api, defineService, startService, type RunningService } from '#service-defaults';
import { waitFor } from '#testing';
import { Authenticated, AuthModule, TestIdentityModule, TestTokens } from './index.js';

@Controller()
class HouseController {
  @Get('inside')
  @Authenticated()
  @Api({ summary: 'Inside', answer: z.string() })
  inside(): string {
    return 'inside';
  }
}

@Module({
  imports: [MessagingModule.forService('house'), AuthModule.forService()],
  controllers: [HouseController],
})
class HouseModule {}

describe('the access guard, with keys and revocations asked for over the broker', () => {
  const tokens = new TestTokens();
  let service: RunningService;
  const enter = async (token: string): Promise<number> =>
    (await fetch(`${service.url}/inside`, { headers: { authorization: `Bearer ${token}` } })).status;

  beforeAll(async () => {
    process.env['MFH_NATS_URL'] = process.env['NATS_URL'];
    service = await startService(defineService({ name: 'house', module: HouseModule, port: 0 }), {
      port: 0,
      host: '127.0.0.1',
      imports: [TestIdentityModule.with(tokens)],
    });
  });
  afterAll(() => service.stop());

  it('is ready only with its broker and streams', async () => {
    const answer = await fetch(`${service.url}/readyz`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      status: 'ok',
      checks: { nats: { status: 'ok' }, streams: { status: 'ok' } },
    });
  });

  it('lets a person in until the session is revoked, which takes two seconds at most', async () => {
    const token = await tokens.forUser({ sid: 'ses_broker' });
    expect(await enter(token)).toBe(200);
    tokens.revokeSession('ses_broker');
    await waitFor(async () => (await enter(token)) === 401, { deadlineMs: 2000, everyMs: 50, what: 'the refusal' });
  });

  it('goes on with those it knows while identity is away, and answers strangers 503', async () => {
    const known = await tokens.forUser();
    expect(await enter(known)).toBe(200);
    tokens.failure = new Error('away');
    expect(await enter(known)).toBe(200);
    tokens.failure = undefined;
  });
});
