import type { Answer } from '../../server/answer.js';
import { isoTime } from '../../store/iso-time.js';
import type { NoteRecord } from '../../store/records.js';
import type { Call, Operation } from '../dialect.js';
import { inputOf, requiredText, text } from '../input.js';
import { contactOf } from './contacts.js';
import { invalid, notFound } from './errors.js';

export const noteOperations: readonly Operation[] = [
  { method: 'GET', path: '/contacts/:contact_id/notes', name: 'GetNotes', handle: listNotes },
  { method: 'POST', path: '/contacts/:contact_id/notes', name: 'CreateNote', handle: createNote },
  { method: 'GET', path: '/contacts/:contact_id/notes/:note_id', name: 'GetNote', handle: getNote },
];

const noteView = ({ id, contactId, title, text: body, userId, createdAt }: NoteRecord): Record<string, unknown> => ({
  id,
  contactId,
  title,
  body,
  userId,
  dateAdded: isoTime(createdAt),
});

/** Newest first, all at once: the list is not paged. */
function listNotes(call: Call): Answer {
  const notes = call.store.notes.of(contactOf(call).id).toReversed();
  return { status: 200, body: { notes: notes.map(noteView) } };
}

function getNote(call: Call): Answer {
  const { id } = contactOf(call);
  const noteId = call.params['note_id'] ?? '';
  const note = call.store.notes.get(noteId);
  if (note?.contactId !== id) throw notFound('Note', noteId);
  return { status: 200, body: { note: noteView(note) } };
}

function createNote(call: Call): Answer {
  const { store, identity } = call;
  const contactId = contactOf(call).id;
  const input = inputOf(call.body);
  const body = requiredText(input, 'body');
  const title = text(input, 'title') ?? '';
  const userId = text(input, 'userId') ?? identity.subject;
  if (!store.users.has(userId) && userId !== identity.subject) throw invalid('userId must be a user of this location');
  const parts = { contactId, title, text: body, type: 'Other', userId };
  const note = store.notes.create((id) => ({ id, ...parts, createdAt: Date.now(), updatedAt: Date.now() }));
  const args = { note_id: note.id, title, text: body, type: note.type, user_id: userId };
  call.effect({ operation: 'CreateNote', contactId, args });
  return { status: 201, body: { note: noteView(note) } };
}
