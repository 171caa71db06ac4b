import type { ContactChanged } from '#contracts';
import type { TriggerRecord } from './trigger.repository.js';

type Value = NonNullable<ContactChanged['field']>['value'];
type Conditions = Pick<TriggerRecord, 'event' | 'filter' | 'tag_words' | 'field_words'>;

const plain = (word: string): string => word.trim().toLowerCase();

/** Whether any of the words is among the others, in any letter case. */
export function named(words: readonly (string | undefined)[], others: readonly (string | undefined)[]): boolean {
  const known = new Set(others.flatMap((word) => (word === undefined ? [] : [plain(word)])));
  return words.some((word) => word !== undefined && known.has(plain(word)));
}

/** What the filter names, in all its words; the filter's own word where the vendor's are not known. */
export const tagWords = ({ filter, tag_words: words }: Conditions): readonly string[] =>
  filter.tag_id === undefined ? [] : [filter.tag_id, ...words];
export const fieldWords = ({ filter, field_words: words }: Conditions): readonly string[] =>
  filter.field === undefined ? [] : [filter.field, ...words];

/** Vendors tell most values as texts, whatever the field's type: `5` and `"5"` are the same. */
function holds(value: Value, wanted: string | number | boolean): boolean {
  if (value === undefined || value === null) return String(wanted) === '';
  if (Array.isArray(value)) return value.some((item) => item.trim() === String(wanted).trim());
  return String(value).trim() === String(wanted).trim();
}

/** Whether a change is what a trigger waits for. */
export function matches(trigger: Conditions, change: Pick<ContactChanged, 'change' | 'tag' | 'field'>): boolean {
  const { event, filter } = trigger;
  if (change.change !== event) return false;
  if (filter.tag_id !== undefined && !named([change.tag?.id, change.tag?.name], tagWords(trigger))) return false;
  if (filter.field !== undefined && !named([change.field?.key], fieldWords(trigger))) return false;
  return filter.equals === undefined || holds(change.field?.value, filter.equals);
}
