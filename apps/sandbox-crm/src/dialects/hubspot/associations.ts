import { one } from '../../server/form.js';
import { Refusal, type Call, type Operation } from '../dialect.js';
import { namedContact } from './contacts.js';
import { afterOf, limitOf, pageOf } from './input.js';

const LARGEST_PAGE = 500;

/** The numbers under which HubSpot knows that a contact has a note or a deal. */
const TYPES: Readonly<Record<string, number>> = { notes: 201, deals: 4 };

export const associationOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/crm/v4/objects/contacts/:contact_id/associations/:type',
    name: 'GetAssociations',
    handle: associated,
  },
];

/** Ids of associated records are numbers here, and texts everywhere else. */
function associated({ params, query, store }: Call) {
  const { id } = namedContact(store, params['contact_id'] ?? '');
  const type = params['type'] ?? '';
  const typeId = TYPES[type];
  if (typeId === undefined) throw new Refusal(400, `Unable to infer object type from: ${type}`);
  const records: readonly { id: string }[] = type === 'notes' ? store.notes.of(id) : store.opportunities.of(id);
  const page = pageOf(records, afterOf(one(query, 'after')), limitOf(query, LARGEST_PAGE, LARGEST_PAGE));
  const results = page.results.map((record) => ({
    toObjectId: Number(record.id),
    associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId, label: null }],
  }));
  return { status: 200, body: { ...page, results } };
}
