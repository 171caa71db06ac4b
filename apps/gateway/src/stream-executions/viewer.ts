import type { ExecutionItem } from '#contracts';
import type { ServerResponse } from 'node:http';
import { streamBlock, streamId, type StreamType } from './stream-events.js';

/** A client that leaves more than this unread is closed; it may resume. */
const MOST_UNREAD_BYTES = 1024 * 1024;
const MOST_VERSIONS = 5_000;

export interface ViewerFilter {
  helperId?: string | undefined;
  executionId?: string | undefined;
  types?: ReadonlySet<string> | undefined;
}

export type ClosingReason = 'session_ended' | 'slow_client' | 'shutdown';

/** One open stream. Each execution's versions only grow in it. */
export class Viewer {
  private readonly versions = new Map<string, number>();
  private closed = false;

  constructor(
    private readonly response: ServerResponse,
    private readonly filter: ViewerFilter,
  ) {}

  /** First line, and where to resume from if nothing comes before the connection breaks. */
  open(): void {
    this.write(`retry: 3000\nid: ${streamId(Date.now())}\n\n`);
  }

  update(item: ExecutionItem, at: number): void {
    const { helperId, executionId } = this.filter;
    if (helperId !== undefined && item.helper_id !== helperId) return;
    if (executionId !== undefined && item.execution_id !== executionId) return;
    if ((this.versions.get(item.execution_id) ?? 0) >= item.version) return;
    this.versions.delete(item.execution_id);
    this.versions.set(item.execution_id, item.version);
    if (this.versions.size > MOST_VERSIONS) this.versions.delete(this.versions.keys().next().value ?? '');
    this.send('execution.updated', item, streamId(at));
  }

  /** The resume point is unknown or too old: the client reads its lists again. */
  reset(): void {
    this.send('stream.reset', { reason: 'too_old' });
  }

  ping(): void {
    this.write(': ping\n\n');
  }

  close(reason: ClosingReason): void {
    if (this.closed) return;
    this.send('stream.closing', { reason });
    this.closed = true;
    this.response.end();
  }

  private send(type: StreamType, data: unknown, id?: string): void {
    const { types } = this.filter;
    if (types !== undefined && !types.has(type) && type === 'execution.updated') return;
    this.write(streamBlock(type, data, id));
  }

  private write(text: string): void {
    if (this.closed || this.response.destroyed) return;
    this.response.write(text);
    if (this.response.writableLength > MOST_UNREAD_BYTES) {
      this.close('slow_client');
      this.response.destroy();
    }
  }
}
