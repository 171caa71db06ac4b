import { environment } from './environment.js';
import { Controller, Module } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { TestIdentityModule, TestTokens } from '#auth';
import { Problem, questions, type AnswerOf, type RequestOf } from '#contracts';
import { Answers } from '#messaging';
import { startService, type RunningService } from '#service-defaults';
import { UPSTREAMS } from '../forward-requests/routed-prefixes.js';
import { service as definition } from '../service.js';
import { FakeService } from './fake-service.js';

/** The one key that the suite's identity knows. */
export const KEY = `mfh_live_${'a1'.repeat(32)}`;
const KEY_HASH = createHash('sha256').update(KEY).digest('hex');
const tokens = new TestTokens();

@Controller()
class KeysController {
  @Answers(questions.exchangeApiKey)
  async exchange({
    key_hash,
  }: RequestOf<typeof questions.exchangeApiKey>): Promise<AnswerOf<typeof questions.exchangeApiKey>> {
    if (key_hash !== KEY_HASH) throw new Problem(401, 'auth.invalid_api_key', 'Invalid API key');
    const token = await tokens.forKey(['*']);
    const expires_at = new Date(Date.now() + 60_000).toISOString();
    return { token, expires_at, key_id: 'apikey:1', account_id: 'account:1', scopes: ['*'] };
  }
}

/** What billing was told about requests; while `away` it answers 503. */
export const requestReports = { away: false, received: [] as RequestOf<typeof questions.recordApiRequests>[] };

@Controller()
class ReportsController {
  @Answers(questions.recordApiRequests)
  record(report: RequestOf<typeof questions.recordApiRequests>): { recorded: boolean } {
    if (requestReports.away) throw new Problem(503, 'generic.unavailable', 'away');
    requestReports.received.push(report);
    return { recorded: true };
  }
}

/** Secret webhook addresses that the suite's platforms-connections knows, by vendor and hash. */
export const endpoints = new Map<string, AnswerOf<typeof questions.webhookEndpoint>>();

@Controller()
class EndpointsController {
  @Answers(questions.webhookEndpoint)
  endpoint({
    vendor,
    secret_hash,
  }: RequestOf<typeof questions.webhookEndpoint>): AnswerOf<typeof questions.webhookEndpoint> {
    const found = endpoints.get(`${vendor} ${secret_hash}`);
    if (found === undefined) throw new Problem(404, 'webhooks.not_found', 'No such address');
    return found;
  }
}

@Module({ controllers: [KeysController, ReportsController, EndpointsController] })
class NeighboursModule {}

/** The gateway on real MongoDB and NATS before one fake service that answers for all. */
export interface RunningGateway {
  gateway: RunningService;
  service: FakeService;
  tokens: TestTokens;
  /** Starts one more replica. */
  another(): Promise<RunningService>;
  call(path: string, init?: RequestInit): Promise<Response>;
  stop(): Promise<void>;
}

/** @param variables of the environment, beside the suite's own */
export async function startGateway(variables: Record<string, string> = {}): Promise<RunningGateway> {
  const service = await FakeService.start();
  for (const upstream of UPSTREAMS) {
    process.env[`MFH_${upstream.toUpperCase().replaceAll('-', '_')}_URL`] = service.url;
  }
  Object.assign(process.env, variables);
  const another = () =>
    startService(definition, {
      port: 0,
      host: '127.0.0.1',
      imports: [TestIdentityModule.with(tokens), NeighboursModule],
    });
  const gateway = await another();
  return {
    gateway,
    service,
    tokens,
    another,
    call: (path, init) => fetch(`${gateway.url}${path}`, { redirect: 'manual', ...init }),
    stop: async () => {
      await gateway.stop();
      await service.stop();
      await environment.dispose();
    },
  };
}
