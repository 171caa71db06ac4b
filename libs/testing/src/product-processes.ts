import { freePort } from './free-port.js';
import { startServiceProcess, type ServiceProcess } from './service-process.js';

const SERVICES = ['identity', 'accounts', 'platforms-connections', 'helpers', 'billing', 'notifications'] as const;
const APPS = ['gateway', 'sandbox-crm', ...SERVICES, 'helper-runner'] as const;

const variable = (app: string, what: 'PORT' | 'URL'): string => `MFH_${app.toUpperCase().replaceAll('-', '_')}_${what}`;

/** The product as a local start runs it: gateway, all services in one process, one runner, the demo CRM. */
export interface ProductProcesses {
  readonly processes: Readonly<Record<'gateway' | 'services' | 'runner' | 'sandbox', ServiceProcess>>;
  /** Where the gateway answers. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts the built product on free ports, on the servers that `env` or this process's environment names. Limits are
 * lifted unless `env` says otherwise.
 * @throws Error with the output of the process that did not become ready
 */
export async function startProductProcesses(env: Readonly<Record<string, string>>): Promise<ProductProcesses> {
  const ports = Object.fromEntries(await Promise.all(APPS.map(async (app) => [app, await freePort()] as const)));
  const urls = Object.fromEntries(APPS.map((app) => [app, `http://127.0.0.1:${ports[app]}`]));
  const shared: Record<string, string> = {
    NODE_ENV: 'production',
    MFH_MODE: 'development',
    MFH_HOST: '127.0.0.1',
    MFH_LIMITS: 'lifted',
    MFH_LOG_LEVEL: 'warn',
    OTEL_TRACES_EXPORTER: 'none',
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
    ...env,
    MFH_SANDBOX_URL: urls['sandbox-crm'] ?? '',
    MFH_SANDBOX_PORT: String(ports['sandbox-crm']),
  };
  for (const app of APPS) {
    shared[variable(app, 'PORT')] = String(ports[app]);
    shared[variable(app, 'URL')] = urls[app] ?? '';
  }
  const start = (app: string, ready: string): Promise<ServiceProcess> =>
    startServiceProcess({ app, env: shared, url: urls[ready] ?? '', startDeadlineMs: 60_000 });
  const [sandbox, services] = await Promise.all([start('sandbox-crm', 'sandbox-crm'), start('standalone', 'billing')]);
  const [gateway, runner] = await Promise.all([start('gateway', 'gateway'), start('helper-runner', 'helper-runner')]);
  return {
    processes: { gateway, services, runner, sandbox },
    url: urls['gateway'] ?? '',
    stop: async () => {
      for (const process of [runner, gateway, services, sandbox]) await process.stop();
    },
  };
}
