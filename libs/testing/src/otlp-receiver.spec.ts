import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startOtlpReceiver, type OtlpReceiver } from './otlp-receiver.js';

let receiver: OtlpReceiver;
beforeAll(async () => {
  receiver = await startOtlpReceiver();
});
afterAll(() => receiver.stop());

const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'helpers' } }] };

it('keeps spans with their service, parent and plain attributes, also when compressed', async () => {
  const span = {
    traceId: 'a'.repeat(32),
    spanId: 'b'.repeat(16),
    parentSpanId: 'c'.repeat(16),
    name: 'POST /helpers/:helper_id/execute',
    kind: 2,
    startTimeUnixNano: '1760000000000000001',
    endTimeUnixNano: '1760000000000000009',
    attributes: [{ key: 'http.response.status_code', value: { intValue: '202' } }],
    status: { code: 1 },
  };
  const body = gzipSync(JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] }));
  const answer = await fetch(`${receiver.url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-encoding': 'gzip', 'content-type': 'application/json' },
    body,
  });
  expect(answer.status).toBe(200);
  expect(receiver.spans()).toEqual([
    expect.objectContaining({
      service: 'helpers',
      parentSpanId: 'c'.repeat(16),
      attributes: { 'http.response.status_code': 202 },
      endNanos: 1760000000000000009n,
      statusCode: 1,
    }),
  ]);
});

it('keeps metrics, and reports a body that is no OTLP', async () => {
  const sum = { dataPoints: [{ asInt: '3' }] };
  const metrics = { resourceMetrics: [{ resource, scopeMetrics: [{ metrics: [{ name: 'accepted', sum }] }] }] };
  await fetch(`${receiver.url}/v1/metrics`, { method: 'POST', body: JSON.stringify(metrics) });
  expect(receiver.metrics()).toEqual([{ service: 'helpers', name: 'accepted', unit: '', data: { sum } }]);
  await fetch(`${receiver.url}/v1/traces`, { method: 'POST', body: 'nonsense' });
  expect(receiver.unreadable()).toHaveLength(1);
});
