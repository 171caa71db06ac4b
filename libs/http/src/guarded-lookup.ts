import { lookup as systemLookup } from 'node:dns/promises';
import type { AddressPolicy } from './address-policy.js';
import type { LookupFunction } from './http-client.js';
import { isHttpFailure } from './http-failure.js';

export interface ResolvedAddress {
  address: string;
  family: 4 | 6;
}

/** Every address of a name. */
export type Resolver = (hostname: string) => Promise<readonly ResolvedAddress[]>;

export const systemResolver: Resolver = async (hostname) => {
  const found = await systemLookup(hostname, { all: true, order: 'ipv4first' });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
};

/**
 * Resolver of the sockets of one origin. What was checked is what is connected to: there is no second resolution
 * between the check and the connection that could answer differently.
 */
export function guardedLookup(origin: URL, policy: AddressPolicy, resolve: Resolver): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (found) => {
        try {
          policy.checkAddresses(
            origin,
            found.map(({ address }) => address),
          );
        } catch (error) {
          callback(asError(error), '');
          return;
        }
        const first = found[0];
        if (options.all === true) callback(null, [...found]);
        else if (first === undefined) callback(new Error('The name has no address'), '');
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(asError(error), ''),
    );
  };
}

function asError(error: unknown): NodeJS.ErrnoException {
  if (isHttpFailure(error)) return error;
  return error instanceof Error ? error : new Error('The name cannot be resolved');
}
