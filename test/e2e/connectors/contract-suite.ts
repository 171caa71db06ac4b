import { describe } from '@jest/globals';
import type { ContractSubject } from './contract-subject.js';
import { contactContract } from './contract/contacts.js';
import { fieldContract } from './contract/fields.js';
import { tagContract } from './contract/tags.js';
import { actionContract } from './contract/actions.js';
import { relatedContract } from './contract/related.js';
import { failureContract } from './contract/failures.js';
import { credentialContract } from './contract/credentials.js';

/** What every vendor's connector must do, against a far side that can be steered. */
export function connectorContract(subject: () => ContractSubject): void {
  describe('contacts', () => {
    contactContract(subject);
  });
  describe('fields', () => {
    fieldContract(subject);
  });
  describe('tags', () => {
    tagContract(subject);
  });
  describe('actions', () => {
    actionContract(subject);
  });
  describe('related records', () => {
    relatedContract(subject);
  });
  describe('failures', () => {
    failureContract(subject);
  });
  describe('credentials', () => {
    credentialContract(subject);
  });
}
