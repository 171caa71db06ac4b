import { Controller, Get, Param } from '@nestjs/common';
import { z } from 'zod';
import { Ctx, type RequestContext, Requires } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { Connections } from '../persistence/connections.repository.js';
import { platformIdOf, PlatformRegistry } from '../platforms/platform-registry.js';
import { VendorDirectory } from '../vendor/vendor-directory.js';
import { STANDARD_FIELDS } from './standard-fields.js';

const ContactField = z.object({
  id: z.string().optional(),
  key: z.string(),
  label: z.string(),
  field_type: z.string(),
  group_name: z.string().optional(),
  options: z.array(z.string()).optional(),
  default_value: z.string().optional(),
});
const ContactFields = z.object({ standard_fields: z.array(ContactField), custom_fields: z.array(ContactField) });

@Controller('platforms/:platform_id/connections/:connection_id')
export class ReadFieldsController {
  constructor(
    private readonly registry: PlatformRegistry,
    private readonly connections: Connections,
    private readonly directory: VendorDirectory,
  ) {}

  @Get('fields')
  @Requires('connections', 'view')
  @Envelope('Fields retrieved')
  @Api({
    summary: 'List the contact fields at the vendor',
    answer: ContactFields,
    errors: ['connections.not_found', 'connections.credentials_rejected', 'connections.vendor_unavailable'],
  })
  async read(
    @Ctx() ctx: RequestContext,
    @Param('platform_id', { schema: z.string() }) platform: string,
    @Param('connection_id', { schema: z.string() }) connectionId: string,
  ): Promise<z.input<typeof ContactFields>> {
    const platformId = platformIdOf(this.registry.get(platform));
    const connection = await this.connections.atPlatform(ctx.scope, connectionId, platformId);
    return {
      standard_fields: STANDARD_FIELDS,
      custom_fields: await this.directory.customFields(ctx.scope, connection),
    };
  }
}
