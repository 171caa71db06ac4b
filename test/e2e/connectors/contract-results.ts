import { expect } from '@jest/globals';
import { projectRoot } from '#testing';
import { readResults, writeResults, type VendorResults } from '../../../tools/connectors/src/vendor-results.js';
import type { ContractChecks } from './contract/checks.js';

/** Holds what the suite found out against what is checked in for docs/connectors.md; writes it where that is asked for. */
export function compareResults(checks: ContractChecks): void {
  expect(checks.passed).toBe(checks.registered);
  const results = resultsOf(checks);
  if (process.env['WRITE_CONNECTOR_RESULTS'] === '1') writeResults(projectRoot(), results);
  const checkedIn = readResults(projectRoot(), results.platform);
  if (checkedIn === undefined) {
    throw new Error(`Run npm run generate:connectors -- ${results.platform}: its results are not checked in`);
  }
  expect(results).toEqual(checkedIn);
}

function resultsOf({ vendor, results }: ContractChecks): VendorResults {
  const { listing } = vendor;
  return {
    platform: vendor.platform,
    features: Object.fromEntries(results),
    notes: { ...vendor.notes },
    requests: { ...vendor.calls },
    listing: { ...listing, orders: [...listing.orders], filters: [...listing.filters] },
    standardFields: Object.keys(vendor.standardFields),
    fieldSorts: vendor.customFields.map(({ sort }) => sort),
    sameAddress: vendor.sameAddress,
    signIn: vendor.tokenCredentials === undefined ? ['key'] : ['key', 'OAuth'],
    failuresInsideSuccess: vendor.insideSuccess.map(({ name }) => name),
  };
}
