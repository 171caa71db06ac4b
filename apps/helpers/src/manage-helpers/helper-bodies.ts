import { z } from 'zod';

const Config = z.record(z.string(), z.unknown());
/** Clients send an empty text where they mean none. */
const ConnectionRef = z.string().max(200);

export const CreateHelperBody = z
  .object({
    name: z.string('Name is required').trim().min(1, 'Name is required').max(200),
    helper_type: z.string('Helper type is required').min(1, 'Helper type is required'),
    category: z.string().optional(),
    connection_id: ConnectionRef.optional(),
    description: z.string().max(2000).default(''),
    config: Config.default({}),
  })
  .meta({ id: 'CreateHelper' });
export type CreateHelperBody = z.infer<typeof CreateHelperBody>;

export const UpdateHelperBody = z
  .object({
    name: z.string().trim().min(1, 'Name is required').max(200).optional(),
    description: z.string().max(2000).optional(),
    config: Config.optional(),
    enabled: z.boolean().optional(),
    connection_id: ConnectionRef.optional(),
  })
  .meta({ id: 'UpdateHelper' });
export type UpdateHelperBody = z.infer<typeof UpdateHelperBody>;
