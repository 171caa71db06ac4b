import { path, type VendorPath } from '../_kit/call/vendor-path.js';

/** What lists and memberships call a contact. */
export const CONTACT_TYPE = '0-1';

/** Records have numbers: another text would lead to another call, such as the search. */
const numbered = (id: string, way: VendorPath): VendorPath => ({ ...way, safe: way.safe && /^\d{1,20}$/.test(id) });

/** Every path of HubSpot's that the connector calls: the vendor moves them to dated ones by and by. */
export const paths = {
  contacts: path`/crm/v3/objects/contacts`,
  contact: (id: string): VendorPath => numbered(id, path`/crm/v3/objects/contacts/${id}`),
  contactByAddress: (address: string): VendorPath => path`/crm/v3/objects/contacts/${address}`,
  contactSearch: path`/crm/v3/objects/contacts/search`,
  contactBatch: path`/crm/v3/objects/contacts/batch/read`,
  properties: path`/crm/v3/properties/contacts`,

  lists: path`/crm/v3/lists`,
  listSearch: path`/crm/v3/lists/search`,
  legacyList: path`/crm/v3/lists/idmapping`,
  members: (list: string): VendorPath => numbered(list, path`/crm/v3/lists/${list}/memberships`),
  membersByTime: (list: string): VendorPath => numbered(list, path`/crm/v3/lists/${list}/memberships/join-order`),
  addMembers: (list: string): VendorPath => numbered(list, path`/crm/v3/lists/${list}/memberships/add`),
  removeMembers: (list: string): VendorPath => numbered(list, path`/crm/v3/lists/${list}/memberships/remove`),
  listsOfContact: (id: string): VendorPath =>
    numbered(id, path`/crm/v3/lists/records/${CONTACT_TYPE}/${id}/memberships`),

  associated: (contactId: string, type: 'notes' | 'deals'): VendorPath =>
    numbered(contactId, path`/crm/v4/objects/contacts/${contactId}/associations/${type}`),
  notes: path`/crm/v3/objects/notes`,
  objectBatch: (type: 'notes' | 'deals'): VendorPath => path`/crm/v3/objects/${type}/batch/read`,
  deal: (id: string): VendorPath => numbered(id, path`/crm/v3/objects/deals/${id}`),

  enrolment: (workflow: string, address: string): VendorPath =>
    numbered(workflow, path`/automation/v2/workflows/${workflow}/enrollments/contacts/${address}`),
  subscriptionTypes: path`/communication-preferences/v4/definitions`,
  subscription: (address: string): VendorPath => path`/communication-preferences/v4/statuses/${address}`,
  unsubscribeAll: (address: string): VendorPath =>
    path`/communication-preferences/v4/statuses/${address}/unsubscribe-all`,
} as const;
