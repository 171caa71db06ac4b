import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Body, Controller, Delete, Get, Module, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { addRouteSettings, Api, defineService, NoData, startService, type RunningService } from './index.js';

const Open = (): MethodDecorator => (_target, _key, descriptor) =>
  addRouteSettings(descriptor.value as object, { auth: { access: 'public' } });

@Controller('lamps')
class LampsController {
  @Post()
  @Open()
  @Api({ summary: 'Make a lamp', answer: NoData })
  make(@Body({ schema: z.object({ name: z.string() }) }) _body: object): void {}

  @Post('empty')
  @Open()
  @Api({ summary: 'Take anything', answer: NoData })
  empty(@Body({ schema: z.object({}) }) _body: object): void {}

  @Post('form')
  @Open()
  @Api({ summary: 'Take a form', answer: z.object({ fields: z.unknown() }), bodies: ['form'] })
  form(@Body({ schema: z.unknown() }) fields: unknown): { fields: unknown } {
    return { fields };
  }

  @Get('brightest')
  @Open()
  @Api({ summary: 'The brightest', answer: NoData })
  brightest(): void {}

  @Delete(':id')
  @Open()
  @Api({ summary: 'Remove', answer: NoData })
  remove(@Param('id') _id: string): void {}
}

@Module({ controllers: [LampsController] })
class LampsModule {}

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';
let service: RunningService;
const send = (method: string, path: string, type?: string, body?: string): Promise<Response> =>
  fetch(service.url + path, {
    method,
    ...(type !== undefined && { headers: { 'content-type': type } }),
    ...(body !== undefined && { body }),
  });

beforeAll(async () => {
  const definition = defineService({ name: 'lamps', module: LampsModule, port: 0, healthPaths: ['/lamps/health'] });
  service = await startService(definition, { port: 0, host: '127.0.0.1', env: { MFH_MODE: 'test' } });
});
afterAll(() => service.stop());

it('takes the address of a route for no id', async () => {
  for (const path of ['/lamps/health', '/lamps/brightest']) {
    const answer = await send('DELETE', path);
    expect([path, answer.status, answer.headers.get('allow')]).toEqual([path, 405, 'GET, HEAD']);
  }
  expect((await send('DELETE', '/lamps/1')).status).toBe(200);
});

it('tells a wrong method or path before a wrong media type', async () => {
  expect((await send('PUT', '/lamps/brightest', 'text/plain', 'x')).status).toBe(405);
  expect((await send('PUT', '/nothing', 'text/plain', 'x')).status).toBe(404);
});

it('takes null for no object, an absent body for an empty one, and an empty media type for none', async () => {
  expect((await send('POST', '/lamps', JSON_TYPE, 'null')).status).toBe(400);
  expect(await (await send('POST', '/lamps', JSON_TYPE)).json()).toMatchObject({ errors: [{ field: 'name' }] });
  expect((await send('POST', '/lamps/empty', '')).status).toBe(200);
});

it('takes forms and files only where a route says so', async () => {
  for (const type of ['application/octet-stream', 'multipart/form-data; boundary=x', FORM_TYPE]) {
    expect([type, (await send('POST', '/lamps/empty', type, '{}')).status]).toEqual([type, 415]);
  }
  expect((await send('POST', '/lamps/form', 'application/octet-stream', 'x')).status).toBe(415);
  const form = await send('POST', '/lamps/form', FORM_TYPE, 'a=1&b=2&b=3');
  expect(await form.json()).toMatchObject({ data: { fields: { a: '1', b: ['2', '3'] } } });
});
