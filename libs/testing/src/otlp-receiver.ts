import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { readMetrics, readSpans, type ReceivedMetric, type ReceivedSpan } from './otlp-decoding.js';

export interface OtlpReceiver {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT, together with OTEL_EXPORTER_OTLP_PROTOCOL=http/json. */
  readonly url: string;
  /** The variables that point a service's exporters here. */
  readonly variables: Readonly<Record<string, string>>;
  spans(): readonly ReceivedSpan[];
  metrics(): readonly ReceivedMetric[];
  /** Bodies that could not be read as OTLP/JSON; a test expects none. */
  unreadable(): readonly string[];
  clear(): void;
  stop(): Promise<void>;
}

/** Starts an OTLP/HTTP receiver on a free loopback port that keeps what it gets in memory. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  const metrics: ReceivedMetric[] = [];
  const unreadable: string[] = [];

  const receive = async (request: IncomingMessage): Promise<void> => {
    const stream = request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request;
    const body = await text(stream);
    try {
      const json: unknown = JSON.parse(body);
      if (request.url === '/v1/traces') spans.push(...readSpans(json));
      if (request.url === '/v1/metrics') metrics.push(...readMetrics(json));
    } catch (error) {
      unreadable.push(`${request.url}: ${String(error)}: ${body.slice(0, 200)}`);
    }
  };
  const server = createServer((request, response) => {
    receive(request).then(
      () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
      (error: unknown) => response.writeHead(400).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    variables: {
      OTEL_TRACES_EXPORTER: 'otlp',
      OTEL_METRICS_EXPORTER: 'otlp',
      OTEL_LOGS_EXPORTER: 'none',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_ENDPOINT: url,
    },
    spans: () => spans,
    metrics: () => metrics,
    unreadable: () => unreadable,
    clear: () => {
      spans.length = 0;
      metrics.length = 0;
    },
    stop: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
