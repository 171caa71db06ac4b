import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Controller, Get, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { z } from 'zod';
import { waitFor } from '#testing';
import { addRouteSettings, Api, defineService, startService, type ReadinessCheck, type StopsWork } from './index.js';

const steps: string[] = [];
let release = (): void => undefined;
const readiness: { failure: Error | undefined } = { failure: undefined };

const Open = (): MethodDecorator => (_target, _key, descriptor) =>
  addRouteSettings(descriptor.value as object, { auth: { access: 'public' } });

@Injectable()
class Worker implements StopsWork, OnApplicationShutdown, ReadinessCheck {
  readonly readinessName = 'worker';

  async checkReadiness(): Promise<void> {
    if (readiness.failure) throw readiness.failure;
  }

  async stopWork(): Promise<void> {
    steps.push('work stops');
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    steps.push('work stopped');
  }

  onApplicationShutdown(): void {
    steps.push('connections close');
  }
}

@Controller()
class SlowController {
  @Get('slow')
  @Open()
  @Api({ summary: 'Takes its time', answer: z.string() })
  async slow(): Promise<string> {
    await setTimeout(200);
    steps.push('request answered');
    return 'done';
  }
}

@Module({ controllers: [SlowController], providers: [Worker] })
class SlowModule {}

describe('readiness and stop', () => {
  it('says what is missing, then stops in order without cutting a request', async () => {
    const service = await startService(defineService({ name: 'slow', module: SlowModule, port: 0 }), {
      port: 0,
      host: '127.0.0.1',
      env: {},
    });
    const ready = async (): Promise<unknown> => {
      const answer = await fetch(`${service.url}/readyz`);
      return [answer.status, await answer.json()];
    };
    expect(await ready()).toEqual([200, { status: 'ok', checks: { worker: { status: 'ok' } } }]);
    readiness.failure = new Error('no hands');
    const missing = { status: 'unavailable', checks: { worker: { status: 'unavailable', message: 'no hands' } } };
    expect(await ready()).toEqual([503, missing]);
    readiness.failure = undefined;

    const stopped = service.stop();
    await waitFor(async () => steps.includes('work stops'), { deadlineMs: 1000, what: 'the end of work to begin' });
    expect(await ready()).toMatchObject([503, { checks: { process: { message: 'stopping' } } }]);
    expect((await fetch(`${service.url}/livez`)).status).toBe(200);
    const slow = fetch(`${service.url}/slow`);
    await setTimeout(50);
    release();
    expect((await slow).status).toBe(200);
    const before = performance.now();
    await stopped;
    expect(performance.now() - before).toBeLessThan(2000);
    expect(steps).toEqual(['work stops', 'work stopped', 'request answered', 'connections close']);
    await expect(fetch(`${service.url}/livez`)).rejects.toThrow();
    await expect(service.stop()).resolves.toBeUndefined();
  });
});

describe('a service with incomplete routes', () => {
  it('does not start', async () => {
    @Controller()
    class BareController {
      @Get('bare')
      bare(): string {
        return '';
      }
    }
    @Module({ controllers: [BareController] })
    class BareModule {}
    const starting = startService(defineService({ name: 'bare', module: BareModule, port: 0 }), { port: 0, env: {} });
    await expect(starting).rejects.toThrow(/GET \/bare \(BareController\.bare\) has no @Api[\s\S]*has no access rule/);
  });
});

describe('a service with unusable settings', () => {
  it('does not start, and lists all faults', async () => {
    @Module({})
    class EmptyModule {}
    const definition = defineService({
      name: 'e',
      module: EmptyModule,
      port: 0,
      config: z.object({ NEEDED: z.string() }),
    });
    await expect(startService(definition, { env: { MFH_MODE: 'x' } })).rejects.toThrow(/MFH_MODE[\s\S]*NEEDED/);
  });
});
