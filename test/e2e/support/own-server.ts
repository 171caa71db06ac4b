import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { freePort, projectRoot } from '#testing';

interface StartedServer {
  url: string;
  stop(signal?: string): Promise<void>;
}
interface LaunchOptions {
  binary: string;
  dataDir: string;
  port: number;
  logFile: string;
  cacheGb?: number;
}
interface ServerScripts {
  resolveServer(name: string, options: { env: NodeJS.ProcessEnv; cacheDir: string }): Promise<{ binary: string }>;
  startNats(options: LaunchOptions): Promise<StartedServer>;
  startMongod(options: LaunchOptions): Promise<StartedServer>;
  localConfig(): { serversDir: string };
}

/** The scripts that start servers are plain JavaScript, because they run before anything is compiled. */
async function script(path: string): Promise<Partial<ServerScripts>> {
  return (await import(pathToFileURL(join(projectRoot(), path)).href)) as Partial<ServerScripts>;
}

const KINDS = {
  'nats-server': { launch: 'startNats', variables: ['NATS_URL', 'MFH_NATS_URL'] },
  mongod: { launch: 'startMongod', variables: ['MONGO_URL', 'MFH_MONGO_URL'] },
} as const;

/** A broker or database that belongs to one suite, to be stopped, started again and emptied at will. */
export class OwnServer {
  private server: StartedServer | undefined;

  private constructor(
    private readonly launch: () => Promise<StartedServer>,
    private readonly folder: string,
    private readonly dataDir: string,
  ) {}

  /** Starts it and makes it the server of the systems that this suite starts from now on. */
  static async start(kind: keyof typeof KINDS): Promise<OwnServer> {
    const scripts = {
      ...(await script('tools/bootstrap/servers.mjs')),
      ...(await script('tools/bootstrap/server-processes.mjs')),
      ...(await script('deploy/local/config.mjs')),
    } as ServerScripts;
    const folder = mkdtempSync(join(tmpdir(), `mfh-${kind}-`));
    const dataDir = join(folder, 'data');
    // Without the variable that names the shared server, a program to start is found.
    const { binary } = await scripts.resolveServer(kind, {
      env: { PATH: process.env['PATH'] },
      cacheDir: scripts.localConfig().serversDir,
    });
    const options = { binary, dataDir, port: await freePort(), logFile: join(folder, 'log'), cacheGb: 0.25 };
    const { launch, variables } = KINDS[kind];
    const own = new OwnServer(() => scripts[launch](options), folder, dataDir);
    const url = await own.up();
    for (const variable of variables) process.env[variable] = url;
    return own;
  }

  /** Starts it (again) on its port. */
  async up(): Promise<string> {
    this.server = await this.launch();
    return this.server.url;
  }

  /** Ends it as a crash would. */
  async crash(): Promise<void> {
    await this.server?.stop('SIGKILL');
  }

  /** Forgets all its data. Only while it is down. */
  wipe(): void {
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  async dispose(): Promise<void> {
    await this.server?.stop('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
