import { environment } from './environment.js';
import { connect } from '@nats-io/transport-node';
import { events as catalogue, type CloudEvent } from '#contracts';
import { Questions } from '#messaging';
import { startService, type RunningService } from '#service-defaults';
import { service as definition } from '../service.js';
import { FakeNeighbours } from './fake-neighbours.js';
import { FakeVendor } from './fake-vendor.js';

export interface ApiAnswer {
  status: number;
  headers: Headers;
  body: {
    success: boolean;
    message?: string;
    error?: string;
    code?: string;
    errors?: { field: string }[];
    data?: unknown;
  };
}

/** The service on real MongoDB and NATS, with a fake vendor behind the platform `sandbox` and fake neighbours. */
export interface RunningConnections {
  vendor: FakeVendor;
  neighbours: FakeNeighbours;
  service: RunningService;
  /** Every connection event published so far, oldest first. */
  events: CloudEvent[];
  /** Asks the service as another service would. */
  ask: Questions['ask'];
  /** Starts one more replica on the same database and broker. */
  another(): Promise<RunningService>;
  /** Calls a route as the owner of `accountId`, or with other headers. */
  call(
    accountId: string,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<ApiAnswer>;
  stop(): Promise<void>;
}

/** @param variables of the environment, such as another MFH_SANDBOX_URL than the fake vendor's */
export async function startConnections(variables: Record<string, string> = {}): Promise<RunningConnections> {
  const vendor = await FakeVendor.start();
  Object.assign(process.env, {
    MFH_SANDBOX_URL: vendor.url,
    MFH_APP_URL: 'https://app.example.com',
    MFH_OAUTH_SANDBOX_CLIENT_ID: 'our-client',
    MFH_OAUTH_SANDBOX_CLIENT_SECRET: 'our-client-secret',
    ...variables,
  });
  const neighbours = await FakeNeighbours.start(environment.natsUrl);
  const another = () => startService(definition, { port: 0, host: '127.0.0.1' });
  const service = await another();
  const nats = await connect({ servers: environment.natsUrl });
  const questioner = new Questions(nats);
  const events: CloudEvent[] = [];
  nats.subscribe(catalogue.connectionCreated.subject().replace(/[^.]+$/, '>'), {
    callback: (error, message) => {
      const event = error ? undefined : message.json<CloudEvent>();
      // Two replicas may publish one event; the stream stores it once, this subscription sees both.
      if (event && !events.some(({ id }) => id === event.id)) events.push(event);
    },
  });
  await nats.flush();
  return {
    events,
    another,
    ask: (question, request, options) => questioner.ask(question, request, options),
    vendor,
    neighbours,
    service,
    call: async (accountId, method, path, body, headers) => {
      const token = await neighbours.token(accountId);
      const response = await fetch(`${service.url}${path}`, {
        method,
        redirect: 'manual',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return {
        status: response.status,
        headers: response.headers,
        body: (await response.json()) as ApiAnswer['body'],
      };
    },
    stop: async () => {
      await service.stop();
      await nats.close();
      await neighbours.stop();
      await vendor.stop();
      await environment.dispose();
    },
  };
}
