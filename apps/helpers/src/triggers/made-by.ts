import type { ContactChanged, TimelineEntry } from '#contracts';
import type { ExecutionRecord } from '../domain/execution-record.js';
import { fieldWords, named, tagWords } from './matches.js';
import type { TriggerRecord } from './trigger.repository.js';

type Change = Pick<ContactChanged, 'change' | 'tag' | 'field' | 'contact_id'>;
type Run = Pick<ExecutionRecord, 'events' | 'output'>;
type Conditions = Pick<TriggerRecord, 'event' | 'filter' | 'tag_words' | 'field_words'>;

/** By which operations of a connector each change is made. */
const OPERATIONS: Readonly<Partial<Record<Change['change'], readonly string[]>>> = {
  tag_applied: ['applyTag', 'createContact'],
  tag_removed: ['removeTag'],
  field_changed: ['setContactFieldValue', 'updateContact'],
  contact_created: ['createContact'],
};

/**
 * Whether an execution made a change, as far as its timeline and output tell. Where they leave it open, it did: a
 * helper that is started once too few is better than one that starts itself for ever.
 */
export function madeBy(run: Run, change: Change, trigger: Conditions): boolean {
  const calls = run.events.filter((entry) => isCall(entry, OPERATIONS[change.change] ?? []));
  if (calls.length === 0) return false;
  if (change.change === 'contact_created') return JSON.stringify(run.output ?? {}).includes(`"${change.contact_id}"`);
  return change.change === 'field_changed' ? wroteField(run, change, trigger) : touchedTag(run, calls, change, trigger);
}

const isCall = ({ type, data }: TimelineEntry, operations: readonly string[]): boolean =>
  type === 'call' && operations.includes(String(data['operation'])) && Number(data['status']) < 400;

function touchedTag({ output }: Run, calls: readonly TimelineEntry[], change: Change, trigger: Conditions): boolean {
  const words = [change.tag?.id, change.tag?.name, ...tagWords(trigger)];
  const inTargets = calls.flatMap(({ data }) => /(?:^|\/)tags\/([^/]+)/.exec(String(data['target']))?.[1] ?? []);
  const actions = Array.isArray(output?.['actions'])
    ? (output['actions'] as { type?: unknown; value?: unknown }[])
    : [];
  const inActions = actions.flatMap(({ type, value }) => (type === change.change ? [String(value)] : []));
  if (named(words, [...inTargets, ...inActions])) return true;
  // With all names of the tag known, another one than these was meant.
  const allKnown = tagWords(trigger).length > 0 || (change.tag?.id !== undefined && inTargets.length === calls.length);
  return !(allKnown && inTargets.length + inActions.length > 0);
}

function wroteField({ output }: Run, change: Change, trigger: Conditions): boolean {
  const written = Object.keys((output?.['modified_data'] as Record<string, unknown> | undefined) ?? {});
  if (named([change.field?.key, ...fieldWords(trigger)], written)) return true;
  return !(fieldWords(trigger).length > 0 && written.length > 0);
}
