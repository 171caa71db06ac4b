import { isDeepStrictEqual } from 'node:util';

/** A field that is not the same in two snapshots; null where there is none. */
export interface FieldDifference {
  field: string;
  from: unknown;
  to: unknown;
}

export interface SnapshotDifference {
  fields: FieldDifference[];
  tags_added: TagOfSnapshot[];
  tags_removed: TagOfSnapshot[];
}

export interface TagOfSnapshot {
  id: string;
  name: string;
}

type Data = Readonly<Record<string, unknown>>;

/** What says which snapshot it is instead of what the contact was like, and what is compared on its own. */
const LEFT_OUT: ReadonlySet<string> = new Set(['timestamp', 'helper_id', 'tags', 'tag_count', 'custom_fields']);

const asObject = (value: unknown): Data => (typeof value === 'object' && value !== null ? (value as Data) : {});
const asTags = (value: unknown): TagOfSnapshot[] => (Array.isArray(value) ? (value as TagOfSnapshot[]) : []);

function fieldsOf(data: Data): Map<string, unknown> {
  const standard = Object.entries(data).filter(([key]) => !LEFT_OUT.has(key));
  const custom = Object.entries(asObject(data['custom_fields'])).map(([key, value]) => [`custom_fields.${key}`, value]);
  return new Map([...standard, ...custom] as [string, unknown][]);
}

const without = (tags: readonly TagOfSnapshot[], others: readonly TagOfSnapshot[]): TagOfSnapshot[] => {
  const ids = new Set(others.map(({ id }) => id));
  return tags.filter(({ id }) => !ids.has(id));
};

/**
 * What changed between two snapshots of a contact. Tags and custom fields count only where both snapshots kept them:
 * what was left out is not gone.
 */
export function compareSnapshots(from: Data, to: Data): SnapshotDifference {
  const bothKept = (part: string): boolean => Object.hasOwn(from, part) && Object.hasOwn(to, part);
  const [before, after] = [fieldsOf(from), fieldsOf(to)];
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const compared = bothKept('custom_fields') ? names : names.filter((name) => !name.startsWith('custom_fields.'));
  const fields = compared
    .map((field) => ({ field, from: before.get(field) ?? null, to: after.get(field) ?? null }))
    .filter((difference) => !isDeepStrictEqual(difference.from, difference.to));
  const [had, has] = bothKept('tags') ? [asTags(from['tags']), asTags(to['tags'])] : [[], []];
  return { fields, tags_added: without(has, had), tags_removed: without(had, has) };
}
