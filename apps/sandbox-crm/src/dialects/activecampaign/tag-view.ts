import type { AppliedTag, TagRecord } from '../../store/records.js';
import { accountTime } from './wire.js';

/** Of a tag on a contact: it has an id of its own, by which it is taken away. */
const TAGS_A_CONTACT = 100_000;

export function associationId(contactId: string, tagId: string): string {
  return String(Number(contactId) * TAGS_A_CONTACT + Number(tagId));
}

/** The contact and the tag of an association's id. */
export function associated(id: string): { contactId: string; tagId: string } {
  const number = Number(id);
  return { contactId: String(Math.floor(number / TAGS_A_CONTACT)), tagId: String(number % TAGS_A_CONTACT) };
}

export function contactTagView(contactId: string, { tagId, at }: AppliedTag): Record<string, unknown> {
  return { id: associationId(contactId, tagId), contact: contactId, tag: tagId, cdate: accountTime(at), links: {} };
}

export function tagView({ id, name, description, createdAt }: TagRecord): Record<string, unknown> {
  return { id, tag: name, tagType: 'contact', description, cdate: accountTime(createdAt), links: {} };
}
