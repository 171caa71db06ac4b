import mongoose from 'mongoose';

export interface CompletionFigures {
  completed: number;
  /** Milliseconds from acceptance to the end of the run. */
  p50: number;
  p99: number;
}

const POLL_MS = 100;
const DRAIN_LIMIT_MS = 120_000;

/** Reads what became of executions from the product's own records. */
export class Records {
  private constructor(
    private readonly connection: mongoose.Connection,
    private readonly prefix: string,
  ) {}

  static async open(mongoUrl: string, prefix: string): Promise<Records> {
    return new Records(await mongoose.createConnection(mongoUrl).asPromise(), prefix);
  }

  /** Waits until nothing is open, then tells when that was. @throws Error when it takes too long */
  async drained(): Promise<number> {
    const limit = Date.now() + DRAIN_LIMIT_MS;
    while ((await this.executions.findOne({ open: true }, { projection: { _id: 1 } })) !== null) {
      if (Date.now() > limit) throw new Error('Executions are still open after two minutes');
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    return Date.now();
  }

  /** Executions that were accepted since `since` and have completed. */
  async completedSince(since: Date): Promise<CompletionFigures> {
    const rows = await this.executions
      .find({ status: 'completed', created_at: { $gte: since } }, { projection: { created_at: 1, completed_at: 1 } })
      .toArray();
    const waits = rows
      .map((row) => (row['completed_at'] as Date).getTime() - (row['created_at'] as Date).getTime())
      .sort((a, b) => a - b);
    const at = (share: number): number => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0;
    return { completed: rows.length, p50: at(0.5), p99: at(0.99) };
  }

  /** Commands that the database has been sent since it started, by all clients. */
  async commandsSoFar(): Promise<number> {
    const { network } = (await this.connection.getClient().db('admin').command({ serverStatus: 1 })) as unknown as {
      network: { numRequests: unknown };
    };
    return Number(network.numRequests);
  }

  async close(): Promise<void> {
    await this.connection.close();
  }

  private get executions() {
    return this.connection.useDb(`${this.prefix}helpers`, { useCache: true }).collection('executions');
  }
}
