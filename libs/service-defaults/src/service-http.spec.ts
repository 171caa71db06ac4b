import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Delete, Get, Module, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Problem } from '#contracts';
import { addRouteSettings, answerWith, Api, defineService, Envelope, NoData, Raw, startService } from './index.js';
import type { RunningService } from './index.js';

const Open = (): MethodDecorator => (_target, _key, descriptor) =>
  addRouteSettings(descriptor.value as object, { auth: { access: 'public' } });

const NewThing = z.object({
  name: z.string().min(2),
  tags: z.array(z.string()).default([]),
  size: z.number().optional(),
});
type NewThing = z.infer<typeof NewThing>;
const Thing = z.object({ thing_id: z.string(), name: z.string(), tags: z.array(z.string()) });
const Filter = z.object({ helper_id: z.string().optional(), limit: z.coerce.number().int().max(100).default(20) });
type Filter = z.infer<typeof Filter>;

@Controller('things')
class ThingsController {
  @Post()
  @Open()
  @Api({ summary: 'Make a thing', answer: Thing, status: 201 })
  @Envelope('Thing created')
  create(@Body({ schema: NewThing }) body: NewThing): z.input<typeof Thing> & { secret: string } {
    return { thing_id: 'thing:1', name: body.name, tags: body.tags, secret: 'do not tell' };
  }

  @Post('strict')
  @Open()
  @Api({ summary: 'Make a thing, newer rules', answer: Thing, invalidStatus: 422 })
  createStrictly(
    @Body({ schema: z.strictObject({ name: z.string() }) }) body: { name: string },
  ): z.input<typeof Thing> {
    return { thing_id: 'thing:1', name: body.name, tags: [] };
  }

  @Post('small')
  @Open()
  @Api({ summary: 'Take little', answer: NoData, bodyLimit: 1024 })
  small(@Body({ schema: z.object({}) }) _body: object): void {}

  @Get()
  @Open()
  @Api({ summary: 'List things', answer: Filter })
  list(@Query({ schema: Filter }) query: Filter): Filter {
    return query;
  }

  @Get('raw')
  @Open()
  @Raw()
  @Api({ summary: 'Bare', answer: z.object({ a: z.number() }) })
  bare(): { a: number; b: number } {
    return { a: 1, b: 2 };
  }

  @Get('accepted')
  @Open()
  @Api({ summary: 'Own status', answer: z.object({ n: z.number() }) })
  accepted(): ReturnType<typeof answerWith<{ n: number }>> {
    return answerWith({ n: 1 }, { status: 202, message: 'Taken', headers: { 'x-extra': 'yes' } });
  }

  @Get('broken')
  @Open()
  @Api({ summary: 'Fails', answer: NoData })
  broken(): void {
    throw new Error('password=hunter2 in the cause');
  }

  @Get('misfit')
  @Open()
  @Api({ summary: 'Answers what it does not promise', answer: z.object({ n: z.number().max(1) }) })
  misfit(): { n: number } {
    return { n: 2 };
  }

  @Get('away')
  @Open()
  @Api({ summary: 'A dependency is away', answer: NoData })
  away(): void {
    throw Object.assign(new Error('no server'), { name: 'MongoServerSelectionError' });
  }

  @Get('limited')
  @Open()
  @Api({ summary: 'Says no', answer: NoData })
  limited(): void {
    throw new Problem(429, 'billing.quota_exceeded', 'Monthly limit reached', {
      data: { limit: 1, used: 1 },
      extensions: { retry_after: 5 },
      headers: { 'Retry-After': '5' },
    });
  }

  @Get(':id')
  @Open()
  @Api({ summary: 'One thing', answer: Thing })
  one(@Param('id') id: string): z.input<typeof Thing> {
    return { thing_id: id, name: 'x', tags: [] };
  }

  @Delete(':id')
  @Open()
  @Api({ summary: 'Remove', answer: NoData, status: 204 })
  remove(@Param('id') _id: string): void {}
}

@Module({ controllers: [ThingsController] })
class ThingsModule {}

const definition = defineService({ name: 'things', module: ThingsModule, port: 0, healthPaths: ['/things/health'] });
const json = { 'content-type': 'application/json' };

describe('a service over HTTP', () => {
  let service: RunningService;
  const at = (path: string): string => `${service.url}${path}`;
  const post = (path: string, body: string | undefined, headers: Record<string, string> = json): Promise<Response> =>
    fetch(at(path), { method: 'POST', headers, ...(body !== undefined && { body }) });

  beforeAll(async () => {
    service = await startService(definition, { port: 0, host: '127.0.0.1', env: { MFH_MODE: 'test' } });
  });
  afterAll(() => service.stop());

  it('puts answers into the envelope and strips what the schema does not name', async () => {
    const answer = await post('/things', JSON.stringify({ name: 'Lamp', tags: ['a'], extra: 1 }));
    expect(answer.status).toBe(201);
    expect(await answer.json()).toEqual({
      success: true,
      message: 'Thing created',
      data: { thing_id: 'thing:1', name: 'Lamp', tags: ['a'] },
    });
  });

  it('answers 400 with every invalid field', async () => {
    const answer = await post('/things', JSON.stringify({ tags: 'x' }));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      success: false,
      error: 'name is required',
      message: 'name is required',
      code: 'request.invalid_body',
      status: 400,
      title: 'Bad Request',
      instance: '/things',
      errors: [
        { field: 'name', code: 'required', message: 'name is required' },
        { field: 'tags', code: 'wrong_type' },
      ],
    });
  });

  it('answers 422 for invalid input on newer routes, and 400 for what cannot be parsed', async () => {
    expect((await post('/things/strict', '{"name":"x","other":1}')).status).toBe(422);
    expect((await post('/things/strict', '{"name":')).status).toBe(400);
  });

  it('takes an empty JSON body as an empty object', async () => {
    expect((await post('/things/small', undefined)).status).toBe(200);
    expect((await post('/things/small', '')).status).toBe(200);
    expect((await fetch(at('/things/1'), { method: 'DELETE', headers: json })).status).toBe(204);
  });

  it('refuses broken JSON, other media types and bodies over the limit', async () => {
    const broken = await post('/things', '{"name":');
    expect([broken.status, (await broken.json()) as object]).toMatchObject([400, { code: 'request.invalid_body' }]);
    const text = await post('/things', 'name=x', { 'content-type': 'text/plain' });
    expect([text.status, (await text.json()) as object]).toMatchObject([
      415,
      { code: 'request.unsupported_media_type' },
    ]);
    const large = await post('/things/small', JSON.stringify({ a: 'x'.repeat(2000) }));
    expect([large.status, (await large.json()) as object]).toMatchObject([413, { code: 'request.body_too_large' }]);
  });

  it('validates queries and decodes ids that were encoded twice', async () => {
    const twice = (await (await fetch(at('/things?helper_id=helper%253A0190-abc'))).json()) as { data: Filter };
    expect(twice.data).toEqual({ helper_id: 'helper:0190-abc', limit: 20 });
    const wrong = await fetch(at('/things?limit=many'));
    expect([wrong.status, (await wrong.json()) as object]).toMatchObject([
      400,
      { code: 'request.invalid_query_parameter' },
    ]);
    for (const id of ['helper:0190-abc', 'helper%3A0190-abc', 'helper%253A0190-abc']) {
      const one = (await (await fetch(at(`/things/${id}`))).json()) as { data: { thing_id: string } };
      expect(one.data.thing_id).toBe('helper:0190-abc');
    }
  });

  it('sends raw answers bare, but stripped', async () => {
    expect(await (await fetch(at('/things/raw'))).json()).toEqual({ a: 1 });
  });

  it('lets a handler choose status, message and headers', async () => {
    const answer = await fetch(at('/things/accepted'));
    expect([answer.status, answer.headers.get('x-extra')]).toEqual([202, 'yes']);
    expect(await answer.json()).toEqual({ success: true, message: 'Taken', data: { n: 1 } });
  });

  it('reveals nothing of an unforeseen error', async () => {
    for (const path of ['/things/broken', '/things/misfit']) {
      const answer = await fetch(at(path));
      const text = await answer.text();
      expect(answer.status).toBe(500);
      expect(text).toContain('generic.internal');
      expect(text).not.toMatch(/hunter2|schema|stack/);
    }
  });

  it('answers 503 while a dependency is away', async () => {
    const answer = await fetch(at('/things/away'));
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await answer.json()).toMatchObject({ code: 'generic.unavailable' });
  });

  it('renders problems with data, extensions and headers in both media types', async () => {
    const answer = await fetch(at('/things/limited'));
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '5']);
    const body = (await answer.json()) as Record<string, unknown>;
    expect(body).toMatchObject({
      success: false,
      code: 'billing.quota_exceeded',
      data: { limit: 1, used: 1 },
      retry_after: 5,
    });
    const pure = await fetch(at('/things/limited'), { headers: { accept: 'application/problem+json' } });
    expect(pure.headers.get('content-type')).toBe('application/problem+json');
    const members = Object.keys((await pure.json()) as object);
    expect(members).toEqual(
      expect.arrayContaining(['type', 'title', 'status', 'detail', 'instance', 'code', 'trace_id']),
    );
    expect(members).not.toEqual(expect.arrayContaining(['success']));
    expect(members).not.toEqual(expect.arrayContaining(['error']));
    expect(members).not.toEqual(expect.arrayContaining(['message']));
  });

  it('answers 404 for unknown paths and 405 with Allow for unknown methods', async () => {
    const unknown = await fetch(at('/nothing'));
    expect([unknown.status, (await unknown.json()) as object]).toMatchObject([404, { code: 'resource.not_found' }]);
    const method = await fetch(at('/things/1'), { method: 'PUT' });
    expect([method.status, method.headers.get('allow')]).toEqual([405, 'DELETE, GET, HEAD']);
  });

  it('renders what the HTTP server refuses before any route', async () => {
    for (const path of ['/things/%E0%A4%A', `/things/${'x'.repeat(400)}`]) {
      const answer = await fetch(at(path));
      expect([path.slice(0, 20), [400, 404, 414].includes(answer.status)]).toEqual([path.slice(0, 20), true]);
      const body = await answer.json();
      expect(body).toMatchObject({ success: false, status: answer.status, trace_id: answer.headers.get('x-trace-id') });
    }
  });

  it('continues a trace, starts one otherwise, and echoes the caller’s request id', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const continued = await fetch(at('/things/1'), { headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` } });
    expect(continued.headers.get('x-trace-id')).toBe(traceId);
    const byId = await fetch(at('/things/1'), { headers: { 'x-trace-id': traceId } });
    expect(byId.headers.get('x-trace-id')).toBe(traceId);
    const own = await fetch(at('/things/1'), { headers: { 'x-request-id': 'order-77', traceparent: 'broken' } });
    expect(own.headers.get('x-trace-id')).toMatch(/^[0-9a-f]{32}$/);
    expect(own.headers.get('x-request-id')).toBe('order-77');
    const hostile = await fetch(at('/things/1'), { headers: { 'x-request-id': 'a b' } });
    expect(hostile.headers.get('x-request-id')).toBe(hostile.headers.get('x-trace-id'));
  });

  it('sets security headers', async () => {
    const { headers } = await fetch(at('/things/1'));
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('serves health without envelope for probes and with envelope for people', async () => {
    expect(await (await fetch(at('/livez'))).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(at('/readyz'))).json()).toEqual({ status: 'ok', checks: {} });
    expect(await (await fetch(at('/things/health'))).json()).toMatchObject({
      success: true,
      data: { service: 'things' },
    });
  });
});
