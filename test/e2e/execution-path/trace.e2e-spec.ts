import { afterAll, describe, expect, it } from '@jest/globals';
import { startOtlpReceiver, waitFor, type OtlpReceiver, type ReceivedSpan } from '#testing';
import { execute, newHelper } from '../support/customer.js';
import { useSystem } from '../support/use-system.js';

const CONTACT = '1001';

/** Where one execution passes, from the client's request to the record of its end. */
const WAY: [service: string, span: RegExp][] = [
  ['gateway', /^POST /],
  ['standalone', /^POST .*execute/],
  ['standalone', /^insert executions$/],
  ['standalone', /^publish executions$/],
  ['helper-runner', /^execute note_it$/],
  ['helper-runner', /^publish effects$/],
  ['helper-runner', /^POST$/],
  ['helper-runner', /^publish events$/],
  ['standalone', /^project execution event$/],
];

describe('one execution seen from outside', () => {
  let receiver: OtlpReceiver;
  const running = useSystem(async () => {
    receiver = await startOtlpReceiver();
    return {
      env: {
        ...receiver.variables,
        OTEL_TRACES_SAMPLER: 'always_on',
        OTEL_BSP_SCHEDULE_DELAY: '100',
        OTEL_METRIC_EXPORT_INTERVAL: '500',
        OTEL_METRIC_EXPORT_TIMEOUT: '400',
        MFH_LOG_LEVEL: 'debug',
      },
    };
  });
  afterAll(async () => {
    await receiver.stop();
  });

  it('is one trace without a gap, also in logs and in the requests to the CRM', async () => {
    const { system, customer } = running;
    const helper = await newHelper(customer, 'note_it', { subject: 'Traced', body: 'Once' });
    await customer.api.ended(await execute(customer, helper, '1002'));
    const id = await execute(customer, helper, CONTACT);
    const { trace_id: traceId } = await customer.api.ended(id);
    const found = (service: string, name: RegExp): ReceivedSpan | undefined =>
      receiver.spans().find((span) => span.traceId === traceId && span.service === service && name.test(span.name));
    const missing = (): string[] =>
      WAY.filter(([service, name]) => found(service, name) === undefined).map(
        ([service, name]) => `${service} ${name}`,
      );
    await waitFor(() => missing().length === 0, { deadlineMs: 10_000, what: 'all spans' }).catch(() => undefined);
    expect(missing()).toEqual([]);

    const spans = receiver.spans().filter((span) => span.traceId === traceId);
    const byId = new Map(spans.map((span) => [span.spanId, span]));
    const roots = spans.filter((span) => span.parentSpanId === '');
    expect(roots.map((span) => span.service)).toEqual(['gateway']);
    expect(spans.filter((span) => span.parentSpanId !== '' && !byId.has(span.parentSpanId))).toEqual([]);
    const parentOf = (service: string, name: RegExp): string | undefined =>
      byId.get(found(service, name)?.parentSpanId ?? '')?.name;
    expect(parentOf('helper-runner', /^execute note_it$/)).toBe('publish executions');
    expect(parentOf('standalone', /^project execution event$/)).toBe('publish events');
    expect(receiver.unreadable()).toEqual([]);

    const { requests } = await system.sandbox.requests('CreateNote');
    expect(requests.at(-1)?.trace_id).toBe(traceId);
    const line = await waitFor(
      () =>
        system
          .output()
          .split('\n')
          .filter((text) => text.includes(id) && text.includes('execution completed'))
          .map((text) => JSON.parse(text) as Record<string, unknown>)[0],
      { deadlineMs: 5_000, what: 'the log line of the execution' },
    );
    expect(line).toMatchObject({ trace_id: traceId, execution_id: id, account_id: customer.accountId });
  });

  it('counts in metrics', async () => {
    const { customer } = running;
    const helper = await newHelper(customer, 'note_it', { subject: 'Counted', body: 'Once' });
    await customer.api.ended(await execute(customer, helper, CONTACT));
    const wanted = ['mfh.executions.completed', 'mfh.execution.duration', 'mfh.projection.group_size'];
    await waitFor(() => wanted.every((name) => receiver.metrics().some((metric) => metric.name === name)), {
      deadlineMs: 10_000,
      what: `the metrics ${wanted.join(', ')}`,
    });
  });
});
