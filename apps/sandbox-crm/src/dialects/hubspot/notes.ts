import type { CrmStore } from '../../store/crm-store.js';
import { isoTime } from '../../store/iso-time.js';
import type { NoteRecord } from '../../store/records.js';
import { Refusal, type Call, type Operation } from '../dialect.js';
import { found, inputOf, isObject, objects } from '../input.js';
import { PropertyRefusal } from './errors.js';
import { batchInput, propertiesOf } from './input.js';
import { batchAnswer, objectView } from './object-view.js';

const BASE = '/crm/v3/objects/notes';
const LONGEST = 65_536;
const OF_CONTACT = 202;

export const noteOperations: readonly Operation[] = [
  { method: 'POST', path: BASE, name: 'CreateNote', handle: createNote },
  {
    method: 'POST',
    path: `${BASE}/batch/read`,
    name: 'GetNotes',
    handle: ({ body, store }) => batchAnswer(batchInput(body).ids, (id) => viewOf(store.notes.get(id))),
  },
  {
    method: 'GET',
    path: `${BASE}/:note_id`,
    name: 'GetNote',
    handle: ({ params, store }) => {
      const id = params['note_id'] ?? '';
      return { status: 200, body: noteView(found(store.notes.get(id), 'Note', id)) };
    },
  },
];

const viewOf = (note: NoteRecord | undefined) => (note === undefined ? undefined : noteView(note));

/** Notes have one text; those that were written with a title show it above. */
function noteView(note: NoteRecord) {
  const { id, title, text, userId, createdAt, updatedAt } = note;
  const properties = {
    hs_note_body: [title, text].filter((part) => part !== '').join('<br>'),
    hs_timestamp: isoTime(createdAt),
    hs_createdate: isoTime(createdAt),
    hs_lastmodifieddate: isoTime(updatedAt),
    hs_object_id: id,
    hubspot_owner_id: userId,
  };
  return objectView(id, properties, { createdAt, updatedAt });
}

function createNote(call: Call) {
  const { store } = call;
  const properties = propertiesOf(call.body);
  const { hs_timestamp: time = '', hs_note_body: body = '', hubspot_owner_id: owner = '' } = properties;
  if (time === '') throw new PropertyRefusal('REQUIRED_FIELD', 'hs_timestamp', 'hs_timestamp is required');
  if (body.length > LONGEST) throw new PropertyRefusal('INVALID_LENGTH', 'hs_note_body', 'hs_note_body is too long');
  const contactId = contactIdOf(call.body, store);
  const times = { createdAt: Date.now(), updatedAt: Date.now() };
  const parts = { contactId, title: '', text: body, type: 'Other', userId: owner, ...times };
  const note = store.notes.create((id) => ({ id, ...parts }));
  call.effect({ operation: 'CreateNote', contactId, args: { note_id: note.id, text: body } });
  return { status: 201, body: noteView(note) };
}

/** The contact that the note is written for. The store has no notes of nobody. */
function contactIdOf(body: unknown, store: CrmStore): string {
  for (const { to, types } of objects(inputOf(body), 'associations') ?? []) {
    const isContact =
      Array.isArray(types) && types.some((type) => isObject(type) && type['associationTypeId'] === OF_CONTACT);
    if (!isContact || !isObject(to)) continue;
    const id = String(to['id']);
    if (!store.contacts.has(id)) throw new Refusal(404, `No contact with ID ${id} exists`);
    return id;
  }
  throw new Refusal(400, 'One or more associations are invalid: a contact is needed');
}
