import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { z } from 'zod';
import { Api, defineService, startService, type RunningService } from '#service-defaults';
import {
  AuthModule,
  Authenticated,
  Ctx,
  currentRequestContext,
  KeyScope,
  Public,
  RequiresPermission,
  TestTokens,
} from './index.js';
import type { RequestContext } from './index.js';

const tokens = new TestTokens();
const Who = z.object({ actor: z.string(), account_id: z.string(), role: z.string(), trace_id: z.string() });

@Controller()
class DoorsController {
  @Get('open')
  @Public()
  @Api({ summary: 'Anyone', answer: z.string() })
  open(): string {
    return 'open';
  }

  @Get('member')
  @Authenticated()
  @Api({ summary: 'Members', answer: Who })
  member(@Ctx() ctx: RequestContext): z.input<typeof Who> {
    return this.describe(ctx);
  }

  /** Sees the same context as the handler, without being handed it. */
  private describe(ctx: RequestContext): z.input<typeof Who> {
    if (currentRequestContext() !== ctx) throw new Error('another context');
    return { actor: ctx.actor.kind, account_id: ctx.accountId, role: ctx.role, trace_id: ctx.traceId };
  }

  @Get('manage')
  @RequiresPermission('can_manage_helpers')
  @Api({ summary: 'Managers', answer: z.string() })
  manage(): string {
    return 'managed';
  }

  @Get('execute')
  @RequiresPermission('can_execute_helpers')
  @KeyScope('execute_helpers')
  @Api({ summary: 'Managers and keys', answer: z.string() })
  execute(): string {
    return 'executed';
  }
}

@Module({
  imports: [AuthModule.forService({ keySource: tokens, revocationSource: tokens })],
  controllers: [DoorsController],
})
class DoorsModule {}

describe('the access guard, over HTTP', () => {
  let service: RunningService;
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${service.url}${path}`, { headers });
  const as = (path: string, token: string): Promise<Response> => get(path, { authorization: `Bearer ${token}` });
  const outcome = async (answer: Response): Promise<unknown> => {
    const { code } = (await answer.json()) as { code?: string };
    return code === undefined ? answer.status : [answer.status, code];
  };
  const denied = [403, 'account.permission_denied'];
  const invalid = [401, 'auth.invalid_token'];

  beforeAll(async () => {
    service = await startService(defineService({ name: 'doors', module: DoorsModule, port: 0 }), {
      port: 0,
      host: '127.0.0.1',
      env: { MFH_MODE: 'test' },
    });
  });
  afterAll(() => service.stop());
  afterEach(() => {
    tokens.failure = undefined;
  });

  it('lets anyone through where the route says so', async () => {
    expect(await outcome(await get('/open'))).toBe(200);
    expect(await outcome(await as('/open', 'rubbish'))).toBe(200);
  });

  it('asks for a token, with the challenge clients expect', async () => {
    const answer = await get('/member');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(await answer.json()).toMatchObject({
      status: 401,
      code: 'auth.unauthorized',
      error: 'Authentication required',
    });
    expect(await outcome(await as('/member', 'rubbish'))).toEqual([401, 'auth.unauthorized']);
    expect(await outcome(await as('/member', 'a.b.c'))).toEqual(invalid);
  });

  it('hands the handler who calls, for which account', async () => {
    const answer = await as('/member', await tokens.forUser({ acc: 'account:7', role: 'viewer' }));
    expect(await answer.json()).toMatchObject({
      data: { actor: 'user', account_id: 'account:7', role: 'viewer', trace_id: answer.headers.get('x-trace-id') },
    });
  });

  it('prefers the token the gateway made', async () => {
    const answer = await get('/member', {
      authorization: `Bearer ${await tokens.forUser({ acc: 'account:outer' })}`,
      'x-internal-token': await tokens.forUser({ acc: 'account:inner' }),
    });
    expect(await answer.json()).toMatchObject({ data: { account_id: 'account:inner' } });
  });

  it('enforces permissions by role', async () => {
    for (const [role, expected] of [
      ['owner', 200],
      ['admin', 200],
      ['member', 200],
      ['viewer', denied],
      ['client', denied],
    ] as const) {
      expect(await outcome(await as('/manage', await tokens.forUser({ role })))).toEqual(expected);
    }
  });

  it('lets keys in only where a scope is named and held, within their maker’s rights', async () => {
    expect(await outcome(await as('/execute', await tokens.forKey(['execute_helpers'])))).toBe(200);
    expect(await outcome(await as('/execute', await tokens.forKey(['*'])))).toBe(200);
    expect(await outcome(await as('/execute', await tokens.forKey(['read_helpers'])))).toEqual(denied);
    expect(await outcome(await as('/execute', await tokens.forKey([])))).toEqual(denied);
    const demoted = await tokens.forKey(['execute_helpers'], { role: 'viewer' });
    expect(await outcome(await as('/execute', demoted))).toEqual(denied);
    expect(await outcome(await as('/member', await tokens.forKey(['*'])))).toEqual(denied);
  });

  it('refuses what was revoked within two seconds', async () => {
    const session = await tokens.forUser({ sid: 'ses_gone' });
    const key = await tokens.forKey(['execute_helpers'], { key: 'apikey:gone' });
    const old = await tokens.forUser({ user_id: 'user:old', ver: 4 });
    expect(await outcome(await as('/member', session))).toBe(200);
    expect(await outcome(await as('/execute', key))).toBe(200);
    expect(await outcome(await as('/member', old))).toBe(200);
    tokens.revokeSession('ses_gone');
    tokens.revokeKey('apikey:gone');
    tokens.raiseVersion('user:old', 5);
    const deadline = Date.now() + 2000;
    while (Date.now() < deadline && (await as('/member', session)).status !== 401) await setTimeout(20);
    expect(await outcome(await as('/member', session))).toEqual(invalid);
    expect(await outcome(await as('/execute', key))).toEqual(invalid);
    expect(await outcome(await as('/member', old))).toEqual(invalid);
  });
});
