import type { Answer } from '../../server/answer.js';
import type { CrmStore } from '../../store/crm-store.js';
import type { NoteRecord, UserRecord } from '../../store/records.js';
import { isoTime } from '../../store/iso-time.js';
import { Refusal, type Call, type Operation } from '../dialect.js';
import { found, inputOf, requiredText, text, type Input } from '../input.js';
import { contactOf } from './contacts.js';
import { byIds, byNumber, byText, byTime, conditionsOf, filtered } from './filter.js';
import { idKey, maskOf, pageOf } from './paging.js';

const NOTE = 'Note';
const TYPES: ReadonlySet<string> = new Set(['Appointment', 'Call', 'Email', 'Fax', 'Letter', 'Other']);
const MASK: ReadonlySet<string> = new Set([
  'title',
  'text',
  'type',
  'user_id',
  'is_pinned',
  'custom_fields',
  'contact_id',
]);

export const noteOperations: readonly Operation[] = [
  { method: 'GET', path: '/contacts/:contact_id/notes', name: 'GetNotes', handle: listNotes },
  { method: 'POST', path: '/contacts/:contact_id/notes', name: 'CreateNote', handle: createNote },
  {
    method: 'GET',
    path: '/contacts/:contact_id/notes/:note_id',
    name: 'GetNote',
    handle: (call) => ({ status: 200, body: noteView(noteOf(call), call.store) }),
  },
  { method: 'PATCH', path: '/contacts/:contact_id/notes/:note_id', name: 'UpdateNote', handle: updateNote },
  { method: 'DELETE', path: '/contacts/:contact_id/notes/:note_id', name: 'DeleteNote', handle: deleteNote },
];

function noteOf(call: Call): NoteRecord {
  const contact = contactOf(call);
  const note = call.store.notes.get(call.params['note_id'] ?? '');
  return found(note?.contactId === contact.id ? note : undefined, NOTE, call.params['note_id']);
}

function noteView(note: NoteRecord, store: CrmStore): Record<string, unknown> {
  const user = store.users.get(note.userId);
  return {
    id: note.id,
    contact_id: note.contactId,
    title: note.title,
    text: note.text,
    type: note.type,
    ...(user === undefined ? {} : { assigned_to_user: userReference(user) }),
    created_by_user_id: note.userId,
    last_updated_by_user_id: note.userId,
    create_time: isoTime(note.createdAt),
    update_time: isoTime(note.updatedAt),
  };
}

function userReference(user: UserRecord): Record<string, unknown> {
  return { id: user.id, given_name: user.firstName, family_name: user.lastName, email_address: user.email };
}

function listNotes(call: Call): Answer {
  const { store } = call;
  const matching = filtered(store.notes.of(contactOf(call).id), conditionsOf(call.query), {
    id: byNumber<NoteRecord>(idKey),
    ids: byIds<NoteRecord>((note) => note.id),
    title: byText<NoteRecord>((note) => note.title),
    contact_id: byText<NoteRecord>((note) => note.contactId),
    assigned_to_user_id: byText<NoteRecord>((note) => note.userId),
    since_time: byTime<NoteRecord>((note) => note.createdAt, 'since'),
    until_time: byTime<NoteRecord>((note) => note.createdAt, 'until'),
  });
  const page = pageOf(matching, call.query, {
    id: idKey,
    create_time: (note) => note.createdAt,
    update_time: (note) => note.updatedAt,
  });
  const notes = page.items.map((note) => noteView(note, store));
  return { status: 200, body: { notes, next_page_token: page.nextPageToken } };
}

function createNote(call: Call): Answer {
  const { store } = call;
  const contactId = contactOf(call).id;
  const input = inputOf(call.body);
  const parts = { ...noteParts(input), userId: userIdOf(call, input) };
  const times = { createdAt: Date.now(), updatedAt: Date.now() };
  const note = store.notes.create((id) => ({ id, contactId, ...parts, ...times }));
  const { title, text: body, type, userId } = parts;
  call.effect({
    operation: 'CreateNote',
    contactId,
    args: { note_id: note.id, title, text: body, type, user_id: userId },
  });
  return { status: 201, body: noteView(note, store) };
}

function updateNote(call: Call): Answer {
  const note = noteOf(call);
  const input = inputOf(call.body);
  const mask = maskOf(call.query, MASK) ?? new Set(Object.keys(input));
  const parts = noteParts(input);
  if (mask.has('title')) note.title = parts.title;
  if (mask.has('text')) note.text = parts.text;
  if (mask.has('type')) note.type = parts.type;
  note.userId = userIdOf(call, input);
  note.updatedAt = Date.now();
  call.store.notes.touch(note.id);
  call.effect({ operation: 'UpdateNote', contactId: note.contactId, args: { note_id: note.id, ...input } });
  return { status: 200, body: noteView(note, call.store) };
}

function deleteNote(call: Call): Answer {
  const note = noteOf(call);
  call.store.notes.delete(note.id);
  call.effect({ operation: 'DeleteNote', contactId: note.contactId, args: { note_id: note.id } });
  return { status: 204 };
}

function noteParts(input: Input): Pick<NoteRecord, 'title' | 'text' | 'type'> {
  const type = text(input, 'type') ?? 'Other';
  if (!TYPES.has(type)) throw new Refusal(400, `type must be one of ${[...TYPES].join(', ')}`, 'type');
  return { title: text(input, 'title') ?? '', text: text(input, 'text') ?? '', type };
}

/** The author: a user of the CRM, or the connection's own user under the subject that `userinfo` shows. */
function userIdOf({ identity, store }: Call, input: Input): string {
  const userId = requiredText(input, 'user_id');
  if (!store.users.has(userId) && userId !== identity.subject) {
    throw new Refusal(400, `User ${userId} does not exist`, 'user_id');
  }
  return userId;
}
