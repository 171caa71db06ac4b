import type { Answer } from '../../server/answer.js';
import type { NoteRecord } from '../../store/records.js';
import type { Call, Operation } from '../dialect.js';
import { text } from '../input.js';
import { CONTACT, contactOf, contactWithId } from './contacts.js';
import { invalid, missing } from './errors.js';
import { accountTime, idIn, pageOf, wrapped } from './wire.js';

export const noteOperations: readonly Operation[] = [
  { method: 'GET', path: '/contacts/:contact_id/notes', name: 'GetNotes', handle: listNotes },
  { method: 'POST', path: '/notes', name: 'CreateNote', handle: createNote },
];

function listNotes(call: Call): Answer {
  const { items, meta } = pageOf(call.store.notes.of(contactOf(call).id), call.query);
  return { status: 200, body: { notes: items.map(noteView), meta } };
}

/** Notes here are one text; those that other vendors gave a title begin with it. */
function noteView({ id, contactId, title, text: body, userId, createdAt, updatedAt }: NoteRecord) {
  return {
    id,
    note: [title, body].filter((part) => part !== '').join('\n\n'),
    relid: contactId,
    reltype: CONTACT,
    userid: userId,
    user: userId,
    is_draft: '0',
    cdate: accountTime(createdAt),
    mdate: accountTime(updatedAt),
    owner: { type: 'contact', id: contactId },
    links: {},
  };
}

function createNote(call: Call): Answer {
  const { store, identity } = call;
  const input = wrapped(call.body, 'note');
  if (text(input, 'reltype') !== CONTACT) throw invalid('reltype', 'Only notes on contacts are kept here');
  const contact = contactWithId(store, idIn(input, 'relid'));
  const body = text(input, 'note') ?? '';
  if (body.trim() === '') throw missing('note');
  const now = Date.now();
  const parts = { contactId: contact.id, title: '', text: body, type: 'Other', userId: identity.subject };
  const note = store.notes.create((id) => ({ id, ...parts, createdAt: now, updatedAt: now }));
  call.effect({ operation: 'CreateNote', contactId: contact.id, args: { note_id: note.id, title: '', text: body } });
  return { status: 201, body: { note: noteView(note) } };
}
