import { z } from 'zod';
import { loadConfig, runServices } from '#service-defaults';
import { loadServices, SERVICE_NAMES } from './service-list.js';

const StandaloneConfig = z.object({
  SERVICES: z
    .string()
    .default(SERVICE_NAMES.join(','))
    .transform((list) => list.split(',').map((name) => name.trim()))
    .describe('Services to run in this process, separated by commas'),
});

const { SERVICES } = loadConfig(StandaloneConfig);
await runServices(await loadServices(SERVICES));
