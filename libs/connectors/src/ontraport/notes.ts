import type { VendorClient } from '../_kit/call/vendor-client.js';
import type { NoteInput } from '../_kit/contact.js';
import { refuse } from '../_kit/refuse.js';
import { condition } from './condition.js';
import { ask, OBJECT, PATHS, recordNumber } from './objects.js';
import { everyRecord } from './paging.js';
import { Attributes } from './schemas.js';

const CLOCK_TOLERANCE_MS = 5_000;

/** Writes a note. It has one text and no title; who wrote it is told only when the note names a user. */
export async function makeNote(client: VendorClient, contactId: string, note: NoteInput): Promise<{ id: string }> {
  const operation = 'createNote';
  const contact = recordNumber(client, operation, 'contact', contactId);
  const author = note.user_id ?? '';
  const { data } = await ask(
    client,
    {
      operation,
      method: 'POST',
      path: PATHS.many,
      target: `contacts/${contact}/notes`,
      json: {
        objectID: OBJECT.note,
        contact_id: contact,
        data: noteText(note),
        ...(author === '' ? {} : { author }),
      },
      repeatable: false,
    },
    Attributes,
  );
  const { id } = data;
  if (id !== undefined) return { id };
  throw refuse(client.platform, operation, 'protocol', 'Ontraport does not name the note it made', true);
}

/** The newest note with this text that was written since then. */
export async function findNote(
  client: VendorClient,
  contactId: string,
  note: NoteInput,
  since: Date,
): Promise<{ id: string } | null> {
  const operation = 'findNote';
  const contact = recordNumber(client, operation, 'contact', contactId);
  // Notes are dated in whole seconds, and the vendor's clock may lag behind ours by a little.
  const from = Math.floor((since.getTime() - CLOCK_TOLERANCE_MS) / 1000);
  const only = condition([{ field: 'contact_id', value: contact }]);
  const walk = {
    operation,
    target: `contacts/${contact}/notes`,
    query: { objectID: OBJECT.note, condition: only, sort: 'id', sortDir: 'desc' },
  } as const;
  const notes = await everyRecord(client, walk, (page) => page.some(({ date }) => Number(date ?? 0) < from));
  const text = noteText(note);
  const same = notes.find(({ id, data, date }) => id !== undefined && data === text && Number(date ?? 0) >= from);
  return same?.['id'] === undefined ? null : { id: same['id'] };
}

function noteText({ title, body }: NoteInput): string {
  return [title, body].filter((part) => part !== '').join('\n\n');
}
