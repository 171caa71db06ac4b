import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, Post } from '@nestjs/common';
import { z } from 'zod';
import { Api, defineService, startService, type RunningService } from '#service-defaults';
import {
  AuthModule,
  Authenticated,
  Ctx,
  currentRequestContext,
  helpersOf,
  isTest,
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

  @Post('try')
  @RequiresPermission('can_execute_helpers')
  @KeyScope('execute_helpers', { keepsToHelpers: true, triesOut: true })
  @Api({ summary: 'Also for keys that are less than others', answer: z.string() })
  tries(@Ctx() ctx: RequestContext): string {
    return `${String(isTest(ctx))} ${(helpersOf(ctx) ?? ['all']).join(' ')}`;
  }

  @Post('change')
  @RequiresPermission('can_execute_helpers')
  @KeyScope('execute_helpers')
  @Api({ summary: 'Changes something', answer: z.string() })
  change(): string {
    return 'changed';
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

  it('lets keys that only try out, or that are limited to helpers, in where the handler knows of them', async () => {
    const post = (path: string, token: string) =>
      fetch(`${service.url}${path}`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
    const test = await tokens.forKey(['execute_helpers'], { test: true });
    const limited = await tokens.forKey(['execute_helpers'], { helpers: ['helper:1', 'helper:2'] });
    expect(await (await post('/try', test)).json()).toMatchObject({ data: 'true all' });
    expect(await (await post('/try', limited)).json()).toMatchObject({ data: 'false helper:1 helper:2' });
    expect(await outcome(await as('/execute', test))).toBe(200);
    expect(await outcome(await post('/change', test))).toEqual(denied);
    expect(await outcome(await as('/execute', limited))).toEqual(denied);
    expect(await outcome(await post('/change', await tokens.forKey(['execute_helpers'])))).toBe(200);
  });

  it('lets linked apps in where keys may come in, for what their user allowed and may do', async () => {
    expect(await outcome(await as('/execute', await tokens.forApp(['execute_helpers'])))).toBe(200);
    expect(await outcome(await as('/execute', await tokens.forApp(['read_helpers'])))).toEqual(denied);
    expect(await outcome(await as('/execute', await tokens.forApp(['*'])))).toEqual(denied);
    const demoted = await tokens.forApp(['execute_helpers'], { role: 'viewer' });
    expect(await outcome(await as('/execute', demoted))).toEqual(denied);
    expect(await outcome(await as('/member', await tokens.forApp(['execute_helpers'])))).toEqual(denied);
    const nameless = await tokens.sign({ grant: 'grant_1', scope: 'execute_helpers' });
    expect(await outcome(await as('/execute', nameless))).toEqual(invalid);
  });

  it('says which right is missing', async () => {
    const refused = await as('/manage', await tokens.forUser({ role: 'viewer' }));
    const right = { resource: 'helpers', action: 'manage' };
    expect(await refused.json()).toMatchObject({ ...right, data: { ...right, permission: 'can_manage_helpers' } });
  });

  it('refuses what was revoked within two seconds', async () => {
    const session = await tokens.forUser({ sid: 'ses_gone' });
    const key = await tokens.forKey(['execute_helpers'], { key: 'apikey:gone' });
    const old = await tokens.forUser({ user_id: 'user:old', ver: 4 });
    const app = await tokens.forApp(['execute_helpers'], { grant: 'grant_gone' });
    expect(await outcome(await as('/execute', app))).toBe(200);
    expect(await outcome(await as('/member', session))).toBe(200);
    expect(await outcome(await as('/execute', key))).toBe(200);
    expect(await outcome(await as('/member', old))).toBe(200);
    tokens.revokeSession('ses_gone');
    tokens.revokeKey('apikey:gone');
    tokens.revokeGrant('grant_gone');
    tokens.raiseVersion('user:old', 5);
    const deadline = Date.now() + 2000;
    while (Date.now() < deadline && (await as('/member', session)).status !== 401) await setTimeout(20);
    expect(await outcome(await as('/member', session))).toEqual(invalid);
    expect(await outcome(await as('/execute', key))).toEqual(invalid);
    expect(await outcome(await as('/execute', app))).toEqual(invalid);
    expect(await outcome(await as('/member', old))).toEqual(invalid);
  });
});
