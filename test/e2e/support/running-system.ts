import { freePort, freshEnvironment, startServiceProcess, type FreshEnvironment, type ServiceProcess } from '#testing';
import { ApiClient } from './api-client.js';
import { SandboxAdmin } from './sandbox-admin.js';

const SERVICES = ['identity', 'accounts', 'platforms-connections', 'helpers', 'billing', 'notifications'] as const;
const APPS = ['gateway', 'sandbox-crm', ...SERVICES, 'helper-runner'] as const;
type App = (typeof APPS)[number];

export interface SystemOptions {
  /** Added to every process's environment; may be made of where the apps will be. */
  env?: Record<string, string> | ((urlOf: (app: App) => string) => Record<string, string>);
  /** How many runner processes. */
  runners?: number;
  /** Runs the helpers service in a process of its own, so that a test can kill it. */
  helpersApart?: boolean;
  /** Added to the environment of the helpers process only (with `helpersApart`). */
  helpersEnv?: Record<string, string>;
}

const portVariable = (app: App): string => `MFH_${app.toUpperCase().replaceAll('-', '_')}_PORT`;
const urlVariable = (app: App): string => `MFH_${app.toUpperCase().replaceAll('-', '_')}_URL`;

/** The whole product as processes on free ports, with databases and streams of its own. */
export class RunningSystem {
  readonly processes = new Map<string, ServiceProcess>();
  readonly runners: ServiceProcess[] = [];
  private together: readonly App[] = SERVICES;

  private constructor(
    private readonly environment: FreshEnvironment,
    private readonly variables: Record<string, string>,
    private readonly ports: Record<App, number>,
  ) {}

  static async start(options: SystemOptions = {}): Promise<RunningSystem> {
    const environment = freshEnvironment();
    const ports = Object.fromEntries(await Promise.all(APPS.map(async (app) => [app, await freePort()]))) as Record<
      App,
      number
    >;
    const variables: Record<string, string> = {
      ...environment.variables,
      MFH_HOST: '127.0.0.1',
      MFH_LIMITS: 'lifted',
      MFH_LOG_LEVEL: 'info',
    };
    for (const app of APPS) {
      variables[portVariable(app)] = String(ports[app]);
      variables[urlVariable(app)] = `http://127.0.0.1:${ports[app]}`;
    }
    Object.assign(
      variables,
      {
        MFH_PUBLIC_URL: `http://127.0.0.1:${ports.gateway}`,
        MFH_SANDBOX_URL: `http://127.0.0.1:${ports['sandbox-crm']}`,
        MFH_SANDBOX_PORT: String(ports['sandbox-crm']),
      },
      typeof options.env === 'function' ? options.env((app) => `http://127.0.0.1:${ports[app]}`) : options.env,
    );
    const system = new RunningSystem(environment, variables, ports);
    try {
      await system.startAll(options);
    } catch (error) {
      await system.stop();
      throw error;
    }
    return system;
  }

  get url(): string {
    return this.urlOf('gateway');
  }

  get sandbox(): SandboxAdmin {
    return new SandboxAdmin(this.urlOf('sandbox-crm'));
  }

  get api(): ApiClient {
    return new ApiClient(this.url);
  }

  /** The environment of its processes, for talking to its broker and databases. */
  get env(): Readonly<Record<string, string>> {
    return this.variables;
  }

  process(app: string): ServiceProcess {
    const found = this.processes.get(app);
    if (found === undefined) throw new Error(`${app} does not run on its own here`);
    return found;
  }

  /** Starts one app as a process of its own. @param env for this process only */
  async startApp(app: App, env: Record<string, string> = {}): Promise<ServiceProcess> {
    const started = await startServiceProcess({
      app,
      env: { ...this.variables, ...env },
      url: this.urlOf(app),
      startDeadlineMs: 60_000,
    });
    this.processes.set(app, started);
    return started;
  }

  /** Starts one more runner. */
  async startRunner(env: Record<string, string> = {}): Promise<ServiceProcess> {
    const port = this.runners.length === 0 ? this.ports['helper-runner'] : await freePort();
    const runner = await startServiceProcess({
      app: 'helper-runner',
      env: { ...this.variables, [portVariable('helper-runner')]: String(port), ...env },
      url: `http://127.0.0.1:${port}`,
      startDeadlineMs: 60_000,
    });
    this.runners.push(runner);
    return runner;
  }

  /** Starts the services that share a process (again). @param env for this process only */
  async startStandalone(env: Record<string, string> = {}): Promise<ServiceProcess> {
    const started = await startServiceProcess({
      app: 'standalone',
      env: { ...this.variables, SERVICES: this.together.join(','), ...env },
      url: this.urlOf('billing'),
      startDeadlineMs: 60_000,
    });
    this.processes.set('standalone', started);
    return started;
  }

  /** Everything that any of its processes has written. */
  output(): string {
    return [...this.processes.values(), ...this.runners].map((process) => process.output()).join('\n');
  }

  async stop(): Promise<void> {
    await Promise.all([...this.runners, ...[...this.processes.values()].reverse()].map((process) => process.stop()));
    await this.environment.dispose();
  }

  private async startAll({ runners = 1, helpersApart = false, helpersEnv = {} }: SystemOptions): Promise<void> {
    this.together = SERVICES.filter((service) => !(helpersApart && service === 'helpers'));
    await Promise.all([
      this.startStandalone(),
      this.startApp('sandbox-crm'),
      ...(helpersApart ? [this.startApp('helpers', helpersEnv)] : []),
    ]);
    await this.startApp('gateway');
    for (let started = 0; started < runners; started += 1) await this.startRunner();
  }

  private urlOf(app: App): string {
    return `http://127.0.0.1:${this.ports[app]}`;
  }
}
