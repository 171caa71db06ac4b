import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { projectRoot, startOtlpReceiver, type OtlpReceiver } from '#testing';

const run = promisify(execFile);
const root = projectRoot();
const built = (file: string): string => join(root, 'dist', 'libs', 'telemetry', 'src', file);

/** What a service does in one piece of work, with the libraries whose spans depend on how they are loaded. */
const WORK = `
import mongoose from 'mongoose';
import { request } from 'undici';
import { counter, currentTraceId, histogram, injectTrace, stopTelemetry, withExtractedTrace, withSpan } from '${built('index.js')}';
await mongoose.connect(process.env.TEST_MONGO_URL, { dbName: 'telemetry_export' });
const Lamp = mongoose.model('Lamp', new mongoose.Schema({ name: String }));
const headers = new Map();
const carrier = { get: (key) => headers.get(key) ?? '', set: (key, value) => headers.set(key, value) };
await Lamp.create({ name: 'outside of any trace' });
const traceId = await withSpan('accept', async () => {
  await Lamp.create({ name: 'a' });
  await Lamp.find({ name: 'a' }).lean();
  await (await request(process.env.TEST_TARGET_URL)).body.dump();
  injectTrace(carrier);
  return currentTraceId();
});
await withExtractedTrace(carrier, 'project', () => Lamp.deleteMany({}));
await withSpan('broken', () => Promise.reject(new Error('no lamp'))).catch(() => undefined);
counter({ name: 'mfh.test.lamps', description: 'Lamps', unit: '{lamp}' }).add(2, { colour: 'red' });
histogram({ name: 'mfh.test.duration', description: 'Duration', unit: 's' }).record(0.004);
await mongoose.disconnect();
await stopTelemetry();
console.log(JSON.stringify({ traceId }));
`;

describe('exported telemetry of a process', () => {
  let receiver: OtlpReceiver;
  let traceId: string;

  const start = async (variables: Record<string, string>): Promise<{ traceId: string }> => {
    const args = ['--import', built('register.js'), '--input-type=module', '--eval', WORK];
    const { stdout } = await run(process.execPath, args, {
      cwd: root,
      env: {
        PATH: process.env['PATH'],
        TEST_MONGO_URL: process.env['MONGO_URL'],
        TEST_TARGET_URL: `${receiver.url}/people/ada%40example.com?token=s3cret`,
        OTEL_SERVICE_NAME: 'lamps',
        ...variables,
      },
    });
    return JSON.parse(stdout) as { traceId: string };
  };

  beforeAll(async () => {
    receiver = await startOtlpReceiver();
    ({ traceId } = await start(receiver.variables));
  });
  afterAll(() => receiver.stop());

  it('is one trace from the first span over database and HTTP to the handling of a message', () => {
    expect(receiver.unreadable().filter((fault) => fault.startsWith('/v1/'))).toEqual([]);
    const ours = receiver.spans().filter((span) => span.traceId === traceId);
    const named = (name: string | RegExp) =>
      ours.find((span) => (typeof name === 'string' ? span.name === name : name.test(span.name)));
    const accept = named('accept');
    expect(accept).toMatchObject({ service: 'lamps', parentSpanId: '' });
    for (const child of [/save|insert/i, /\bfind\b/i, /^GET/, 'project']) {
      expect([child, named(child)?.parentSpanId]).toEqual([child, accept?.spanId]);
    }
    expect(named(/deleteMany/i)?.parentSpanId).toBe(named('project')?.spanId);
  });

  it('shows no key and no address of a person that was part of a URL', () => {
    const call = receiver.spans().find(({ traceId: id, name }) => id === traceId && name.startsWith('GET'));
    expect(call?.attributes['url.full']).toBe(`${receiver.url}/people/***?token=***`);
    expect(JSON.stringify(call?.attributes)).not.toMatch(/s3cret|ada/);
  });

  it('marks failed work, and makes no spans for calls outside of any work', () => {
    const broken = receiver.spans().find(({ name }) => name === 'broken');
    expect(broken?.statusCode).toBe(2);
    expect(receiver.spans().filter(({ parentSpanId, kind }) => parentSpanId === '' && kind === 3)).toEqual([]);
  });

  it('carries metrics under their documented names and units', () => {
    const metrics = receiver.metrics().map(({ name, unit }) => `${name} ${unit}`);
    expect(metrics).toEqual(expect.arrayContaining(['mfh.test.lamps {lamp}', 'mfh.test.duration s']));
  });

  it('follows the sampler of the deployment; ids exist all the same', async () => {
    receiver.clear();
    const unsampled = await start({ ...receiver.variables, OTEL_TRACES_SAMPLER: 'always_off' });
    expect(unsampled.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(receiver.spans()).toEqual([]);
  });

  it('is not sent at all unless it is asked for', async () => {
    receiver.clear();
    const off = await start({});
    expect(off.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect([receiver.spans().length, receiver.metrics().length]).toEqual([0, 0]);
  });
});
