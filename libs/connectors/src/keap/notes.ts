import type { VendorClient } from '../_kit/call/vendor-client.js';
import { path } from '../_kit/call/vendor-path.js';
import type { NoteInput } from '../_kit/contact.js';
import type { ConnectorOperation } from '../_kit/port.js';
import { everyPage } from './paging.js';
import { refuse } from '../_kit/refuse.js';
import { Note, NotePage, UserInfo } from './schemas.js';

const CLOCK_TOLERANCE_MS = 5_000;

const NOTE_TYPES = ['Appointment', 'Call', 'Email', 'Fax', 'Letter', 'Other'];

/** @param ownUser the user of the connection, asked for when the note names nobody */
export async function makeNote(
  client: VendorClient,
  contactId: string,
  note: NoteInput,
  ownUser: () => Promise<string>,
): Promise<{ id: string }> {
  const userId = note.user_id === undefined || note.user_id === '' ? await ownUser() : note.user_id;
  const { id } = await client.call({
    operation: 'createNote',
    method: 'POST',
    path: path`/contacts/${contactId}/notes`,
    target: `contacts/${contactId}/notes`,
    json: { user_id: userId, title: note.title, text: note.body, type: noteType(note.type) },
    repeatable: false,
    answer: Note,
  });
  return { id };
}

/** The newest note with this title and text that was written since then. */
export async function findNote(
  client: VendorClient,
  contactId: string,
  note: NoteInput,
  since: Date,
): Promise<{ id: string } | null> {
  const operation: ConnectorOperation = 'findNote';
  // The vendor's clock may lag behind ours by a little.
  const from = new Date(since.getTime() - CLOCK_TOLERANCE_MS);
  const query = { filter: `since_time==${from.toISOString()}`, order_by: 'id desc' };
  const call = {
    operation,
    path: path`/contacts/${contactId}/notes`,
    target: `contacts/${contactId}/notes`,
    query,
    answer: NotePage,
  } as const;
  const notes = await everyPage(client, call, (page) => page.notes);
  const same = notes.find(
    ({ title, text, create_time }) =>
      (title ?? '') === note.title && (text ?? '') === note.body && Date.parse(create_time ?? '') >= from.getTime(),
  );
  return same === undefined ? null : { id: same.id };
}

/** The user in whose name the connection acts. */
export async function connectionUser(client: VendorClient, operation: ConnectorOperation): Promise<string> {
  const { sub, id } = await client.call({
    operation,
    method: 'GET',
    path: path`/oauth/connect/userinfo`,
    target: 'userinfo',
    repeatable: true,
    answer: UserInfo,
  });
  const user = sub ?? id;
  if (user === undefined || user === null) {
    throw refuse(client.platform, operation, 'protocol', 'Keap does not say who the user of this connection is', true);
  }
  return user;
}

function noteType(type: string): string {
  return NOTE_TYPES.find((known) => known.toLowerCase() === type.trim().toLowerCase()) ?? 'Other';
}
