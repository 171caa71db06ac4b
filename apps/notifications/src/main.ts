import { runService } from '#service-defaults';
import { service } from './service.js';

await runService(service);
