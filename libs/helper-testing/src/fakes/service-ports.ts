import type { HelperHttp, RunPorts } from '#helpers';
import { VectorCase, type CaseService } from '../vector-case.js';
import { World } from '../world/world.js';

/**
 * What a service client needs of a run.
 * @param services the connections of the account, by slug
 */
export function servicePorts(services: Record<string, CaseService>, http: HelperHttp): RunPorts {
  const vector = VectorCase.parse({ id: 'client', type: 'client', config: {}, services, expect: {} });
  return { ...new World(vector).ports, http };
}
