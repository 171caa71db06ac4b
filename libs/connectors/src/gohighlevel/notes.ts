import type { VendorClient } from '../_kit/call/vendor-client.js';
import { path } from '../_kit/call/vendor-path.js';
import type { NoteInput } from '../_kit/contact.js';
import { NoteAnswer, NoteList } from './schemas.js';

/** The vendor's clock may lag behind ours by a little. */
const CLOCK_TOLERANCE_MS = 5_000;

/** Notes have no kinds here; the author is the connection's own user unless one is named. */
export async function makeNote(client: VendorClient, contactId: string, note: NoteInput): Promise<{ id: string }> {
  const { title, body, user_id: userId = '' } = note;
  const answer = await client.call({
    operation: 'createNote',
    method: 'POST',
    path: path`/contacts/${contactId}/notes`,
    target: `contacts/${contactId}/notes`,
    json: { title, body, ...(userId !== '' && { userId }) },
    repeatable: false,
    answer: NoteAnswer,
  });
  return { id: answer.note.id };
}

/** The note with this title and text that was written since then; the vendor may show the text as HTML beside itself. */
export async function findNote(
  client: VendorClient,
  contactId: string,
  { title, body }: NoteInput,
  since: Date,
): Promise<{ id: string } | null> {
  const { notes } = await client.call({
    operation: 'findNote',
    method: 'GET',
    path: path`/contacts/${contactId}/notes`,
    target: `contacts/${contactId}/notes`,
    repeatable: true,
    answer: NoteList,
  });
  const from = since.getTime() - CLOCK_TOLERANCE_MS;
  const same = notes.find(
    (note) =>
      (note.title ?? '') === title &&
      (note.body === body || note.bodyText === body) &&
      Date.parse(note.dateAdded ?? '') >= from,
  );
  return same === undefined ? null : { id: same.id };
}
