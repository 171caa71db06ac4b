import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);

/** Settings that every service has. */
export const ServiceConfig = z.object({
  MFH_MODE: z.enum(['production', 'development', 'test']).default('development').describe('What the process is for'),
  MFH_HOST: z.string().default('0.0.0.0').describe('Address the HTTP servers listen on'),
  MFH_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .optional()
    .describe('Least level that is logged; info, in tests silent'),
  MFH_TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(1).describe('Proxies in front of the service'),
  MFH_STOP_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .max(25_000)
    .default(24_000)
    .describe('Longest time between the signal to stop and the exit'),
  MFH_DOCS_URL: z.url().default('https://docs.myfusionhelper.app').describe('Where problem types are explained'),
  HTTP_ERROR_FORM: z
    .enum(['string', 'object'])
    .default('string')
    .describe('Form of `error` in JSON bodies: a text, or {code, message}'),
});
export type ServiceConfig = z.infer<typeof ServiceConfig>;

/** Schema of a service's own port variable: `MFH_PLATFORMS_CONNECTIONS_PORT` for `platforms-connections`. */
export const portVariable = (service: string): string => `MFH_${service.toUpperCase().replaceAll('-', '_')}_PORT`;

export const portSchema = (service: string, fallback: number): z.ZodType<Record<string, number>> =>
  z.object({ [portVariable(service)]: port.default(fallback) });
