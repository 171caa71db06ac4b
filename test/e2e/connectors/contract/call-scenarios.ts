import type { CrmConnector } from '#connectors';
import type { ContractSubject, Feature } from '../contract-subject.js';
import type { CallScenarioName } from './call-names.js';
import { textField } from './contacts.js';

type Act = (crm: CrmConnector, subject: ContractSubject, contact: string, prepared: unknown) => Promise<unknown>;

/** Something that is done with a new connector; the requests of `act` are counted. */
interface CallScenario {
  feature: Feature;
  /** What it answers is `prepared` for `act`. */
  prepare?: (crm: CrmConnector, subject: ContractSubject, contact: string) => Promise<unknown>;
  act: Act;
}

let made = 0;
const person = () => ({ first_name: 'Counted', last_name: 'Person', email: `counted.${(made += 1)}@example.com` });

const CHANGES = { first_name: 'Three', last_name: 'Changes', phone: '+15550133' };

/** The scenarios by their names; each starts cold unless its name says otherwise. */
export const CALL_SCENARIOS: Readonly<Record<CallScenarioName, CallScenario>> = {
  getContacts: { feature: 'getContacts', act: (crm) => crm.getContacts({ limit: 10 }) },
  'getContacts, by e-mail': {
    feature: 'getContacts',
    act: (crm) => crm.getContacts({ email: 'ada.marsh.1001@example.com' }),
  },
  'getContacts, of a tag': {
    feature: 'getContacts',
    act: (crm, { popularTag }) => crm.getContacts({ tag_id: popularTag.id, limit: 10 }),
  },
  'getContacts, ids of a tag': {
    feature: 'getContacts',
    act: (crm, { popularTag }) => crm.getContacts({ tag_id: popularTag.id, limit: 10, ids_only: true }),
  },
  getContact: { feature: 'getContact', act: (crm, _s, contact) => crm.getContact(contact) },
  'getContact, again in the run': {
    feature: 'getContact',
    prepare: (crm, _s, contact) => crm.getContact(contact),
    act: (crm, _s, contact) => crm.getContact(contact),
  },
  createContact: { feature: 'createContact', act: (crm) => crm.createContact(person()) },
  'createContact, with a custom field and two tags': {
    feature: 'createContact',
    act: (crm, subject) =>
      crm.createContact({
        ...person(),
        custom_fields: { [textField(subject).label]: 'x' },
        tags: [subject.tag.id, subject.popularTag.id],
      }),
  },
  'updateContact, two names': {
    feature: 'updateContact',
    act: (crm, _s, contact) => crm.updateContact(contact, { first_name: 'Two', last_name: 'Names' }),
  },
  'updateContact, three fields': {
    feature: 'updateContact',
    act: (crm, _s, contact) => crm.updateContact(contact, CHANGES),
  },
  'updateContact, three fields after a reading': {
    feature: 'updateContact',
    prepare: (crm, _s, contact) => crm.getContact(contact),
    act: (crm, _s, contact) => crm.updateContact(contact, CHANGES),
  },
  'updateContact, two custom fields after a reading, fields known': {
    feature: 'updateContact',
    prepare: async (crm, subject, contact) => {
      await crm.getContactFieldValue(contact, textField(subject).label);
    },
    act: (crm, { customFields }, contact) =>
      crm.updateContact(contact, {
        custom_fields: Object.fromEntries(customFields.slice(0, 2).map(({ field, values }) => [field.id, values[0]])),
      }),
  },
  deleteContact: { feature: 'deleteContact', act: (crm, _s, contact) => crm.deleteContact(contact) },
  getTags: { feature: 'getTags', act: (crm) => crm.getTags() },
  applyTag: { feature: 'applyTag', act: (crm, { tag }, contact) => crm.applyTag(contact, tag.name) },
  'applyTag, tags known': {
    feature: 'applyTag',
    prepare: (crm, { tag, contact }) => crm.applyTag(contact(119), tag.name),
    act: (crm, { tag }, contact) => crm.applyTag(contact, tag.name),
  },
  'removeTag, tags known': {
    feature: 'removeTag',
    prepare: (crm, { tag }, contact) => crm.applyTag(contact, tag.name),
    act: (crm, { tag }, contact) => crm.removeTag(contact, tag.name),
  },
  getCustomFields: { feature: 'getCustomFields', act: (crm) => crm.getCustomFields() },
  'getContactFieldValue, three standard fields': {
    feature: 'getContactFieldValue',
    act: async (crm, _s, contact) => {
      for (const key of ['first_name', 'last_name', 'email']) await crm.getContactFieldValue(contact, key);
    },
  },
  'getContactFieldValue, a custom field': {
    feature: 'getContactFieldValue',
    act: (crm, subject, contact) => crm.getContactFieldValue(contact, textField(subject).label),
  },
  'setContactFieldValue, a name': {
    feature: 'setContactFieldValue',
    act: (crm, _s, contact) => crm.setContactFieldValue(contact, 'first_name', 'One'),
  },
  'setContactFieldValue, a custom field': {
    feature: 'setContactFieldValue',
    act: (crm, subject, contact) => crm.setContactFieldValue(contact, textField(subject).label, 'One'),
  },
  'setContactFieldValue, a custom field after a reading, fields known': {
    feature: 'setContactFieldValue',
    prepare: (crm, subject, contact) => crm.getContactFieldValue(contact, textField(subject).label),
    act: (crm, subject, contact) => crm.setContactFieldValue(contact, textField(subject).label, 'One'),
  },
  triggerAutomation: {
    feature: 'triggerAutomation',
    act: (crm, { automation }, contact) => crm.triggerAutomation(contact, automation),
  },
  hasTriggered: {
    feature: 'hasTriggered',
    act: async (crm, { automation }, contact) => crm.hasTriggered?.(contact, automation, new Date(0)),
  },
  achieveGoal: {
    feature: 'achieveGoal',
    act: (crm, { goal }, contact) => crm.achieveGoal(contact, goal?.name ?? '', goal?.integration ?? ''),
  },
  testConnection: { feature: 'testConnection', act: (crm) => crm.testConnection() },
  setOptInStatus: {
    feature: 'setOptInStatus',
    act: async (crm, _s, contact) => crm.setOptInStatus?.(contact, false, 'Asked for it'),
  },
  createNote: {
    feature: 'createNote',
    act: async (crm, _s, contact) => crm.createNote?.(contact, { title: 'T', body: 'B', type: 'general' }),
  },
  findNote: {
    feature: 'findNote',
    act: async (crm, _s, contact) => crm.findNote?.(contact, { title: 'T', body: 'B', type: 'general' }, new Date()),
  },
  createTag: { feature: 'createTag', act: async (crm) => crm.createTag?.({ name: `Counted ${(made += 1)}` }) },
  'getRelated invoice': related('invoice'),
  'getRelated job': related('job'),
  'getRelated subscription': related('subscription'),
  'getRelated lead': related('lead'),
  'getRelated creditcard': related('creditcard'),
  'getRelated payment': related('payment'),
  getEmailStats: {
    feature: 'getEmailStats',
    act: async (crm) => crm.getEmailStats?.('ada.marsh.1001@example.com'),
  },
  getEmailHistory: {
    feature: 'getEmailHistory',
    act: async (crm, _s, contact) => crm.getEmailHistory?.(contact, new Date(0)),
  },
  updateRelated: {
    feature: 'updateRelated',
    prepare: async (crm, { contact }) => (await crm.getRelated?.(contact(0), 'lead', { order: 'first' }))?.[0]?.['Id'],
    act: async (crm, { stages }, _contact, id) =>
      crm.updateRelated?.('lead', String(id), { StageID: stages?.[0] ?? '' }),
  },
};

/** Contact 0 has records of every kind; the first 300 contacts may have some. */
function related(kind: 'invoice' | 'job' | 'subscription' | 'lead' | 'creditcard' | 'payment'): CallScenario {
  return {
    feature: `getRelated ${kind}`,
    act: async (crm, { contact }) => crm.getRelated?.(contact(0), kind, { order: 'all' }),
  };
}
