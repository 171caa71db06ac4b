import { expect, it } from '@jest/globals';
import {
  RELATED_KINDS,
  type Capability,
  type ConnectorOperation,
  type CrmConnector,
  type RelatedKind,
} from '#connectors';
import type { ContractSubject, Feature, OptionalOperation, VendorUnderTest } from '../contract-subject.js';

const NEEDS: Readonly<Partial<Record<ConnectorOperation, Capability>>> = {
  getTags: 'tags',
  applyTag: 'tags',
  removeTag: 'tags',
  getCustomFields: 'custom_fields',
  triggerAutomation: 'automations',
  achieveGoal: 'goals',
};

const OPTIONAL: readonly OptionalOperation[] = [
  'setOptInStatus',
  'createNote',
  'findNote',
  'hasTriggered',
  'createTag',
  'getRelated',
  'getEmailStats',
  'getEmailHistory',
  'updateRelated',
  'getGoalAchieved',
];

const isOptional = (feature: Feature): feature is OptionalOperation => OPTIONAL.some((name) => name === feature);
const relatedKindOf = (feature: Feature): RelatedKind | undefined =>
  RELATED_KINDS.find((kind) => feature === `getRelated ${kind}`);

/** Registers the checks of one vendor and keeps their results. */
export class ContractChecks {
  readonly results = new Map<Feature, 'supported' | 'unsupported'>();
  registered = 0;
  passed = 0;

  constructor(
    readonly vendor: VendorUnderTest,
    private readonly subject: () => ContractSubject,
  ) {}

  /**
   * A check of a feature; of an assertion that it is `unsupported` where the vendor lacks it.
   * @param work gets the running subject
   */
  that(feature: Feature, name: string, work: (subject: ContractSubject) => Promise<void>): void {
    this.registered += 1;
    const lacking = !this.has(feature);
    it(lacking ? `${name}: unsupported, without a request` : name, async () => {
      await (lacking ? refusesWithoutRequest(feature, this.subject()) : work(this.subject()));
      this.passed += 1;
      this.results.set(feature, lacking ? 'unsupported' : 'supported');
    });
  }

  has(feature: Feature): boolean {
    const kind = relatedKindOf(feature);
    if (kind !== undefined) return this.vendor.related[kind] !== undefined;
    if (isOptional(feature)) return this.vendor.optional.includes(feature);
    const capability = NEEDS[feature as ConnectorOperation];
    return capability === undefined || this.vendor.capabilities.includes(capability);
  }
}

async function refusesWithoutRequest(feature: Feature, subject: ContractSubject): Promise<void> {
  const { crm, calls } = subject.connect();
  const before = subject.sent();
  const kind = relatedKindOf(feature);
  if (isOptional(feature)) expect(crm[feature]).toBeUndefined();
  else await expect(attempt(feature, kind, crm, subject.contact(0))).rejects.toMatchObject(UNSUPPORTED);
  if (feature === 'updateRelated') {
    await expect(
      crm.setContactFieldValue(subject.contact(0), '_related.lead.stage.1.update_first', '2'),
    ).rejects.toMatchObject({ kind: 'unsupported', outcome: 'not_sent' });
  }
  if (feature === 'getGoalAchieved') {
    const asking = crm.getContactFieldValue(subject.contact(0), '_goal.any.achieved');
    await expect(asking).rejects.toMatchObject(UNSUPPORTED);
  }
  if (feature === 'getEmailStats') {
    await expect(
      crm.getContactFieldValue(subject.contact(0), '_email_stats.a@example.com.LastOpenDate'),
    ).rejects.toMatchObject(UNSUPPORTED);
  }
  expect(calls).toEqual([]);
  expect(subject.sent()).toBe(before);
}

const UNSUPPORTED = { kind: 'unsupported', outcome: 'not_sent', retryable: false };

function attempt(feature: Feature, kind: RelatedKind | undefined, crm: CrmConnector, contact: string) {
  if (kind !== undefined) return crm.getContactFieldValue(contact, `_related.${kind}.count`);
  switch (feature) {
    case 'getTags':
      return crm.getTags();
    case 'applyTag':
      return crm.applyTag(contact, '101');
    case 'removeTag':
      return crm.removeTag(contact, '101');
    case 'getCustomFields':
      return crm.getCustomFields();
    case 'triggerAutomation':
      return crm.triggerAutomation(contact, '301');
    case 'achieveGoal':
      return crm.achieveGoal(contact, 'any', '');
    default:
      throw new Error(`${feature} cannot be unsupported`);
  }
}
