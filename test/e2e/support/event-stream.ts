import { waitFor } from '#testing';

export interface StreamEvent {
  id: string | undefined;
  event: string;
  data: Record<string, unknown>;
}

/** A reader of the live stream, as a browser's EventSource is one. */
export class EventStream {
  readonly events: StreamEvent[] = [];
  /** Where a broken stream would be resumed. */
  lastId: string | undefined;
  private closed = false;

  private constructor(
    readonly response: Response,
    private readonly abort: AbortController,
  ) {}

  /** Opens it and waits for its first line. */
  static async open(url: string, headers: Record<string, string> = {}): Promise<EventStream> {
    const abort = new AbortController();
    const response = await fetch(url, { headers, signal: abort.signal });
    const stream = new EventStream(response, abort);
    if (response.status === 200) {
      void stream.read();
      await waitFor(() => Promise.resolve(stream.lastId !== undefined), { what: 'the stream to begin' });
    }
    return stream;
  }

  /** Waits for an event that fits. */
  next(what: string, fits: (event: StreamEvent) => boolean, deadlineMs = 20_000): Promise<StreamEvent> {
    return waitFor(() => Promise.resolve(this.events.find(fits)), { what, deadlineMs });
  }

  /** Waits until the server has ended it. */
  async ended(deadlineMs = 5_000): Promise<void> {
    await waitFor(() => Promise.resolve(this.closed), { what: 'the stream to end', deadlineMs });
  }

  close(): void {
    this.abort.abort();
  }

  private async read(): Promise<void> {
    let rest = '';
    try {
      for await (const chunk of this.response.body ?? []) {
        rest += Buffer.from(chunk as Uint8Array).toString('utf8');
        const blocks = rest.split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) this.take(block);
      }
    } catch (error) {
      if (!this.abort.signal.aborted) throw error;
    } finally {
      this.closed = true;
    }
  }

  private take(block: string): void {
    const fields = new Map(
      block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
    );
    this.lastId = fields.get('id') ?? this.lastId;
    const event = fields.get('event');
    if (event === undefined) return;
    this.events.push({
      id: fields.get('id'),
      event,
      data: JSON.parse(fields.get('data') ?? '{}') as StreamEvent['data'],
    });
  }
}
