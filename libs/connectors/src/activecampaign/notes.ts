import { path } from '../_kit/call/vendor-path.js';
import type { NoteInput } from '../_kit/contact.js';
import type { Caller } from './caller.js';
import { everyPage } from './paging.js';
import { NotePage, WrittenNote } from './schemas.js';

/** The vendor's clock may lag behind ours by a little, and it counts in seconds. */
const CLOCK_TOLERANCE_MS = 5_000;

/** Contacts under the name that they have in relations. */
const CONTACT = 'Subscriber';

export async function makeNote(client: Caller, contactId: string, note: NoteInput): Promise<{ id: string }> {
  const made = await client.call({
    operation: 'createNote',
    method: 'POST',
    path: path`/notes`,
    target: `contacts/${contactId}/notes`,
    json: { note: { note: noteText(note), relid: contactId, reltype: CONTACT } },
    repeatable: false,
    answer: WrittenNote,
  });
  return { id: made.note.id };
}

/** The newest note with this title and text that was written since then. */
export async function findNote(
  client: Caller,
  contactId: string,
  note: NoteInput,
  since: Date,
): Promise<{ id: string } | null> {
  const pages = await everyPage(
    client,
    {
      operation: 'findNote',
      path: path`/contacts/${contactId}/notes`,
      target: `contacts/${contactId}/notes`,
      answer: NotePage,
    },
    ({ notes }) => notes.length,
  );
  const wanted = noteText(note);
  const from = since.getTime() - CLOCK_TOLERANCE_MS;
  const same = pages
    .flatMap(({ notes }) => notes)
    .filter(({ note: text, cdate }) => text === wanted && Date.parse(cdate ?? '') >= from);
  const newest = same.toSorted((a, b) => Number(b.id) - Number(a.id))[0];
  return newest === undefined ? null : { id: newest.id };
}

/** Notes here are one text, without a title, a kind or an author of one's choice. */
function noteText({ title, body }: NoteInput): string {
  return [title, body].filter((part) => part !== '').join('\n\n');
}
