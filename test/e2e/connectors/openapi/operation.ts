import { z } from 'zod';

const Content = z.record(z.string(), z.object({ schema: z.unknown() }));
const Parameter = z.object({
  name: z.string(),
  in: z.enum(['query', 'path', 'header', 'cookie']),
  required: z.boolean().nullish(),
  schema: z.unknown(),
});
/** What a document says about one operation. */
export const Operation = z.object({
  parameters: z.array(Parameter).default([]),
  requestBody: z.object({ content: Content, required: z.boolean().nullish() }).optional(),
  responses: z.record(z.string(), z.object({ content: Content.optional() })),
});
export type Operation = z.infer<typeof Operation>;

/** Says what is wrong with a value. */
export type Check = (schema: unknown, value: unknown, where: string) => string[];
