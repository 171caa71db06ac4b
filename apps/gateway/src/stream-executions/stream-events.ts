/** Types of the live stream that a client may ask for. */
export const STREAM_TYPES = ['execution.updated', 'stream.reset', 'stream.closing'] as const;
export type StreamType = (typeof STREAM_TYPES)[number];

/** How long a broken stream can be resumed. */
export const RESUME_WINDOW_MS = 5 * 60 * 1000;

/** One block of the stream. Without an id the client's resume point stays where it was. */
export function streamBlock(type: StreamType, data: unknown, id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}

export const streamId = (at: number): string => at.toString(36);

/** The instant of a resume point; undefined for one that we did not make. */
export function instantOf(id: string): number | undefined {
  const at = /^[0-9a-z]{8,9}$/.test(id) ? Number.parseInt(id, 36) : Number.NaN;
  return Number.isNaN(at) || at > Date.now() + RESUME_WINDOW_MS ? undefined : at;
}
