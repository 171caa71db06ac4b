import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { cpuSince, cpuSoFar, type Throughput } from './throughput.js';

/** The bare script as a process that works when it is told to. */
export class BarePeer {
  private constructor(
    private readonly child: ChildProcess,
    private readonly pids: Readonly<Record<string, number>>,
  ) {}

  /**
   * @param copyFrom database prefix of the product whose indexes it uses
   * @param servers pids of the servers, by name
   */
  static async start(copyFrom: string, servers: Readonly<Record<string, number>>): Promise<BarePeer> {
    const script = fileURLToPath(new URL('../bare/main.js', import.meta.url));
    const child = fork(script, { env: { ...process.env, BENCH_COPY_INDEXES_FROM: copyFrom } });
    const peer = new BarePeer(child, { bare: child.pid ?? -1, ...servers });
    await peer.answer();
    return peer;
  }

  async slice(seconds: number): Promise<Throughput> {
    const before = cpuSoFar(this.pids);
    this.child.send({ seconds });
    const done = await this.answer();
    return { ...done, refused: 0, commands: 0, cpuMs: cpuSince(this.pids, before) };
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill();
    await once(this.child, 'exit');
  }

  /** What the script says next. @throws Error when it ends instead */
  private async answer(): Promise<{ executions: number; seconds: number }> {
    const ended = new AbortController();
    const exit = once(this.child, 'exit', { signal: ended.signal }).then(() => {
      throw new Error('The bare script ended early; what it wrote is above');
    });
    try {
      const [message] = (await Promise.race([once(this.child, 'message', { signal: ended.signal }), exit])) as [
        { executions: number; seconds: number },
      ];
      return message;
    } finally {
      ended.abort();
      exit.catch(() => undefined);
    }
  }
}
