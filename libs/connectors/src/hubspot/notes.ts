import type { VendorClient } from '../_kit/call/vendor-client.js';
import type { NoteInput } from '../_kit/contact.js';
import { associatedRecords } from './associated.js';
import { paths } from './paths.js';
import { HubspotObject } from './schemas.js';

/** HubSpot's number for "this note belongs to that contact". */
const NOTE_OF_CONTACT = 202;
const CLOCK_TOLERANCE_MS = 5_000;

/** Notes have a text of simple HTML and neither a title nor a kind: the title becomes its first line. */
export async function makeNote(client: VendorClient, contactId: string, note: NoteInput): Promise<{ id: string }> {
  const { id } = await client.call({
    operation: 'createNote',
    method: 'POST',
    path: paths.notes,
    target: `contacts/${contactId}/notes`,
    json: {
      properties: {
        hs_timestamp: client.now().toISOString(),
        hs_note_body: noteHtml(note),
        ...(note.user_id === undefined || note.user_id === '' ? {} : { hubspot_owner_id: note.user_id }),
      },
      associations: [
        {
          to: { id: contactId },
          types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: NOTE_OF_CONTACT }],
        },
      ],
    },
    repeatable: false,
    answer: HubspotObject,
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
  const notes = await associatedRecords(client, 'findNote', contactId, 'notes', ['hs_note_body', 'hs_createdate']);
  // The vendor's clock may lag behind ours by a little.
  const from = since.getTime() - CLOCK_TOLERANCE_MS;
  const wanted = plainText(noteHtml(note));
  const same = notes.filter(
    ({ properties, createdAt }) =>
      plainText(properties['hs_note_body'] ?? '') === wanted && Date.parse(createdAt ?? '') >= from,
  );
  const newest = same.sort((a, b) => Date.parse(a.createdAt ?? '') - Date.parse(b.createdAt ?? '')).at(-1);
  return newest === undefined ? null : { id: newest.id };
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const SIGNS = new Map(Object.entries(ENTITIES).map(([sign, entity]) => [entity, sign]));

function noteHtml({ title, body }: NoteInput): string {
  const lines = body === '' ? [] : [escaped(body).replaceAll(/\r?\n/g, '<br>')];
  return [...(title === '' ? [] : [`<strong>${escaped(title)}</strong>`]), ...lines].join('<br>');
}

const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

/** What people see of a note: the vendor may dress its HTML in other tags. */
function plainText(html: string): string {
  const text = html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&(amp|lt|gt|quot);/g, (entity) => SIGNS.get(entity) ?? entity);
  return text.replaceAll('&#39;', "'").replaceAll('&nbsp;', ' ').replaceAll(/\s+/g, ' ').trim();
}
