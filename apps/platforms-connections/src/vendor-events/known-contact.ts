import { createHash } from 'node:crypto';
import type { FieldValue } from '#connectors';
import type { Snapshot } from './reading.js';

/** What is remembered of a contact: enough to see a change, not what the fields hold. */
export interface KnownContact {
  tags?: string[];
  /** Digests of the values, by field; absent while only the contact's existence is known. */
  fields?: { key: string; digest: string }[];
  seen_at: Date;
}

export interface Differences {
  tagsApplied: string[];
  tagsRemoved: string[];
  fieldsChanged: { key: string; value: FieldValue }[];
}

const NONE: Differences = { tagsApplied: [], tagsRemoved: [], fieldsChanged: [] };

const same = (tag: string): string => tag.trim().toLowerCase();

/** Vendors write one value in several ways: as number and as text, lists in any order. */
function digestOf(value: FieldValue): string {
  const text = Array.isArray(value) ? value.toSorted().join('\n') : String(value).trim();
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

const isEmpty = (value: FieldValue | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/**
 * What is new in a snapshot.
 * @param known undefined for a contact that was never seen
 * @param allKnown whether every contact of the connection has been seen: one that was not is new
 */
export function differences(known: KnownContact | undefined, snapshot: Snapshot, allKnown: boolean): Differences {
  if (known !== undefined && known.seen_at > snapshot.at) return NONE;
  const isNew = snapshot.created || (known === undefined && allKnown);
  const { tags } = snapshot;
  const before = known?.tags ?? (isNew ? [] : undefined);
  const had = new Set(before?.map(same));
  const has = new Set(tags?.map(same));
  return {
    tagsApplied: before === undefined || tags === undefined ? [] : tags.filter((tag) => !had.has(same(tag))),
    tagsRemoved: before === undefined || tags === undefined ? [] : before.filter((tag) => !has.has(same(tag))),
    fieldsChanged: known?.fields === undefined ? [] : changedFields(known.fields, snapshot),
  };
}

function changedFields(
  known: NonNullable<KnownContact['fields']>,
  { fields, covers }: Snapshot,
): Differences['fieldsChanged'] {
  const before = new Map(known.map(({ key, digest }) => [key, digest]));
  const standard = new Set(covers);
  // A custom field that is not told is empty, too; a standard one only where the vendor would have told it.
  const keys = new Set([...Object.keys(fields), ...before.keys(), ...covers]);
  return [...keys].flatMap((key) => {
    const value = fields[key] ?? null;
    if (STANDARD_NAMES.has(key) && !standard.has(key)) return [];
    const digest = isEmpty(value) ? undefined : digestOf(value);
    return digest === before.get(key) ? [] : [{ key, value }];
  });
}

/** Our names of fields that every contact has. */
export const STANDARD_NAMES: ReadonlySet<string> = new Set([
  'first_name',
  'last_name',
  'email',
  'phone',
  'company',
  'job_title',
  'website',
  'birthday',
  'anniversary',
  'address1',
  'address2',
  'city',
  'state',
  'zip',
  'country',
]);

/** What to remember after a snapshot. What the vendor does not tell stays as it was known. */
export function rememberedOf(known: KnownContact | undefined, snapshot: Snapshot): KnownContact {
  if (known !== undefined && known.seen_at > snapshot.at) return known;
  const told = Object.entries(snapshot.fields).flatMap(([key, value]) =>
    isEmpty(value) ? [] : [{ key, digest: digestOf(value) }],
  );
  const covered = new Set(snapshot.covers);
  const kept = (known?.fields ?? []).filter(({ key }) => STANDARD_NAMES.has(key) && !covered.has(key));
  const tags = snapshot.tags === undefined ? known?.tags : [...snapshot.tags];
  return { ...(tags !== undefined && { tags }), fields: [...told, ...kept], seen_at: snapshot.at };
}
