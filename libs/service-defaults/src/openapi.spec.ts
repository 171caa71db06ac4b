import { describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Module, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { addRouteSettings, Api, Envelope, NoData, Raw, routesOfModule, type AuthRule } from './index.js';
import { openApiDocument } from './openapi.js';

const Rule =
  (auth: AuthRule): MethodDecorator =>
  (_target, _key, descriptor) =>
    addRouteSettings(descriptor.value as object, { auth });

const Lamp = z.object({ lamp_id: z.string(), on: z.boolean() }).meta({ id: 'Lamp' });
const NewLamp = z.object({ name: z.string().min(1), on: z.boolean().default(false) }).meta({ id: 'NewLamp' });
type NewLamp = z.infer<typeof NewLamp>;
const Filter = z.object({
  room: z.string().describe('Only this room').optional(),
  limit: z.coerce.number().default(20),
});
type Filter = z.infer<typeof Filter>;

@Controller('lamps')
class LampsController {
  @Get()
  @Rule({ access: 'authenticated', keyScope: 'read_helpers' })
  @Api({ summary: 'List lamps', answer: z.object({ lamps: z.array(Lamp) }) })
  list(@Query({ schema: Filter }) _query: Filter): { lamps: [] } {
    return { lamps: [] };
  }

  @Post()
  @Rule({ access: 'permission', permission: 'can_manage_helpers' })
  @Api({
    summary: 'Make a lamp',
    answer: Lamp,
    status: 201,
    errors: ['lamps.too_bright', 'billing.limit_reached'],
    otherStatuses: [303],
    invalidStatus: 422,
  })
  @Envelope('Lamp created')
  create(@Body({ schema: NewLamp }) _body: NewLamp): { lamp_id: string; on: boolean } {
    return { lamp_id: '1', on: true };
  }

  @Get([':id', ':id/detail'])
  @Rule({ access: 'authenticated' })
  @Api({ summary: 'One lamp', answer: Lamp })
  one(@Param('id') id: string): { lamp_id: string; on: boolean } {
    return { lamp_id: id, on: true };
  }

  @Post(':id/switch')
  @Rule({ access: 'authenticated' })
  @Api({ summary: 'Switch it', answer: NoData })
  switch(@Param('id', { schema: z.string().max(10) }) _id: string): void {}

  @Get('export')
  @Rule({ access: 'public' })
  @Raw()
  @Api({ summary: 'All as text', answer: z.string(), contentType: 'text/csv' })
  export(): string {
    return '';
  }
}

@Module({ controllers: [LampsController] })
class LampsModule {}

describe('the OpenAPI document of a service', () => {
  const document = async (): Promise<ReturnType<typeof openApiDocument>> =>
    openApiDocument('lamps', '1.0.0', await routesOfModule(LampsModule));

  it('wraps answers into the envelope and names components', async () => {
    const { paths, components } = await document();
    expect(paths['/lamps']?.['post']).toMatchObject({
      summary: 'Make a lamp',
      security: [{ bearer: [] }],
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/NewLamp' } } },
      },
      responses: {
        201: {
          description: 'Lamp created',
          content: {
            'application/json': {
              schema: {
                properties: { data: { $ref: '#/components/schemas/Lamp' } },
                required: ['success', 'message', 'data'],
              },
            },
          },
        },
        422: { $ref: '#/components/responses/Problem422' },
        413: { $ref: '#/components/responses/Problem413' },
        // The status of a code that the route declares.
        403: { $ref: '#/components/responses/Problem403' },
        303: { description: 'See Other' },
      },
    });
    expect(JSON.stringify(paths['/lamps']?.['post'])).toContain('lamps.too_bright');
    expect(components['schemas']).toMatchObject({
      Lamp: { type: 'object', required: ['lamp_id', 'on'] },
      NewLamp: { required: ['name'] },
      Problem: { type: 'object' },
    });
    expect(JSON.stringify({ paths, components })).not.toContain('$defs');
  });

  it('lists each field of a query and each name in a path', async () => {
    const { paths } = await document();
    expect(paths['/lamps']?.['get']?.['parameters']).toEqual([
      { name: 'room', in: 'query', required: false, description: 'Only this room', schema: { type: 'string' } },
      { name: 'limit', in: 'query', required: false, schema: { type: 'number', default: 20 } },
    ]);
    expect(paths['/lamps/{id}']?.['get']?.['parameters']).toEqual([
      { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
    ]);
    expect(paths['/lamps/{id}/switch']?.['post']?.['parameters']).toEqual([
      { name: 'id', in: 'path', required: true, schema: { type: 'string', maxLength: 10 } },
    ]);
  });

  it('offers keys only where a scope is named', async () => {
    const { paths } = await document();
    expect(paths['/lamps']?.['get']).toMatchObject({ security: [{ bearer: [] }, { apiKey: [] }] });
    expect(paths['/lamps/export']?.['get']).toMatchObject({
      security: [],
      responses: { 200: { content: { 'text/csv': { schema: { type: 'string' } } } } },
    });
  });

  it('gives every operation its own id', async () => {
    const { paths } = await document();
    const ids = Object.values(paths).flatMap((operations) => Object.values(operations).map((o) => o['operationId']));
    expect(ids).toHaveLength(6);
    expect(new Set(ids).size).toBe(6);
  });

  it('refuses two schemas of one name', async () => {
    @Controller('other')
    class OtherController {
      @Get()
      @Rule({ access: 'public' })
      @Api({ summary: 'Another lamp', answer: z.object({ other: z.number() }).meta({ id: 'Lamp' }) })
      get(): { other: number } {
        return { other: 1 };
      }
    }
    @Module({ controllers: [OtherController], imports: [LampsModule] })
    class BothModule {}
    const routes = await routesOfModule(BothModule);
    expect(() => openApiDocument('lamps', '1', routes)).toThrow('Two different schemas are called "Lamp"');
  });
});
