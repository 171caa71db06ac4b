import { asyncApiDocument, mergeOpenApi } from '#api-docs';
import { describeService } from '#service-defaults';
import { service as accounts } from '../../../apps/accounts/src/service.js';
import { service as billing } from '../../../apps/billing/src/service.js';
import { service as gateway } from '../../../apps/gateway/src/service.js';
import { service as helpers } from '../../../apps/helpers/src/service.js';
import { service as identity } from '../../../apps/identity/src/service.js';
import { service as notifications } from '../../../apps/notifications/src/service.js';
import { service as platformsConnections } from '../../../apps/platforms-connections/src/service.js';

/** In the order in which the gateway merges them, so that the checked-in document is the served one. */
const SERVICES = [gateway, identity, accounts, platformsConnections, helpers, billing, notifications];
/** The interface of a working copy; releases are told apart by the served documents. */
const VERSION = '0.1.0';

const fileOf = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`;

/** The files of `docs/api` by name, from what the code declares: nothing is started. */
export async function apiFiles(): Promise<Map<string, string>> {
  const services = await Promise.all(
    SERVICES.map(async (definition) => ({
      service: definition.name,
      document: await describeService(definition, VERSION),
    })),
  );
  return new Map([
    ['openapi.json', fileOf(mergeOpenApi(services, VERSION))],
    ['asyncapi.json', fileOf(asyncApiDocument(VERSION))],
  ]);
}
