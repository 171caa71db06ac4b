import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ContractSubject, VendorUnderTest } from './contract-subject.js';
import { actionContract } from './contract/actions.js';
import { callContract } from './contract/calls.js';
import { ContractChecks } from './contract/checks.js';
import { contactListContract } from './contract/contact-list.js';
import { contactContract } from './contract/contacts.js';
import { credentialContract } from './contract/credentials.js';
import { failureContract } from './contract/failures.js';
import { fieldContract } from './contract/fields.js';
import { refusalContract } from './contract/refusals.js';
import { relatedContract } from './contract/related.js';
import { tagContract } from './contract/tags.js';
import { compareResults } from './contract-results.js';
import { DocumentSet, documentsAreThere, DOCUMENTS_FOLDER } from './openapi/document-set.js';
import { startSubject, type RunningSubject } from './running-subject.js';

/** Sorts of custom fields that every vendor has in some form. */
const SORTS = ['text', 'long text', 'choice', 'list', 'yes or no', 'date', 'whole number', 'decimal'];

type Register = (checks: ContractChecks, subject: () => ContractSubject) => void;

const PARTS: readonly [name: string, register: Register][] = [
  ['lists', contactListContract],
  ['contacts', contactContract],
  ['fields', fieldContract],
  ['tags', tagContract],
  ['actions', actionContract],
  ['related records', relatedContract],
  ['requests', callContract],
  ['failures', failureContract],
  ['refusals', refusalContract],
  ['credentials', credentialContract],
];

/** Every vendor passes this many checks or more. */
const LEAST_CHECKS = 60;

/**
 * What every vendor's connector must do, against a demo CRM that speaks the vendor's dialect.
 * @param own adds checks that only this vendor has
 */
export function vendorContract(vendor: VendorUnderTest, own?: (subject: () => ContractSubject) => void): void {
  let running: RunningSubject;
  const subject = (): ContractSubject => running.subject;
  const checks = new ContractChecks(vendor, subject);

  describe(`The connector of ${vendor.platform}`, () => {
    beforeAll(async () => {
      running = await startSubject(vendor);
    });
    afterAll(() => running.stop());

    for (const [part, register] of PARTS) {
      describe(part, () => {
        register(checks, subject);
      });
    }
    if (own !== undefined) {
      describe('and of its own', () => {
        own(subject);
      });
    }

    it(`passes at least ${LEAST_CHECKS} checks`, () => {
      expect(checks.registered).toBeGreaterThanOrEqual(LEAST_CHECKS);
    });
    it('declares every sort of custom field and every failure inside success that there is', () => {
      expect(vendor.customFields.map(({ sort }) => sort)).toEqual(expect.arrayContaining(SORTS));
      expect(vendor.insideSuccess.length).toBeGreaterThan(0);
    });
    if (vendor.platform === vendor.vendor) {
      it('is as docs/connectors.md says (npm run generate:connectors)', () => compareResults(checks));
    }
    documentChecks(vendor, () => running);
  });
}

/** All requests of the connector and all answers of the demo CRM, held against the vendor's documents. */
function documentChecks(vendor: VendorUnderTest, running: () => RunningSubject): void {
  const there = documentsAreThere();
  if (!there) {
    process.stderr.write(
      `SKIPPED: nothing of ${vendor.platform} was held against OpenAPI documents: ${DOCUMENTS_FOLDER} is not there\n`,
    );
  }
  const withDocuments = there ? it : it.skip;
  withDocuments('keeps to the vendor’s documents, and so does the demo CRM', () => {
    const documents = new DocumentSet(vendor.vendor, vendor.documents);
    // The demo CRM's own authorization server is no vendor's.
    const exchanges = running().recorded.exchanges.filter(({ path }) => !path.startsWith('/oauth/'));
    const problems = new Set(exchanges.flatMap((exchange) => documents.problemsOf(exchange)));
    expect(exchanges.length).toBeGreaterThan(100);
    expect([...problems]).toEqual([]);
  });
}
