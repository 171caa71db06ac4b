import { RELATED_KINDS, type RelatedKind } from '../contact.js';

/** A question about records behind a contact, asked as if it were a field. */
export type CompositeKey =
  | { about: 'record'; kind: RelatedKind; order: 'first' | 'last'; field: string }
  | { about: 'sum'; kind: RelatedKind; field: string }
  | { about: 'count'; kind: RelatedKind; nonzero: boolean }
  | { about: 'stage'; stage: string }
  | { about: 'move'; stage: string; which: 'first' | 'all' }
  | { about: 'email'; address: string; field: 'LastOpenDate' | 'LastClickDate' | 'LastSentDate' }
  | { about: 'goal'; goal: string };

const PREFIX = /^_(related|email_stats|goal)\./;

export const isCompositeKey = (key: string): boolean => PREFIX.test(key);

/** @returns undefined for a key that begins like a question and is none */
export function parseCompositeKey(key: string): CompositeKey | undefined {
  return stageKey(key) ?? relatedKey(key) ?? emailKey(key) ?? goalKey(key);
}

function stageKey(key: string): CompositeKey | undefined {
  const match = /^_related\.lead\.stage\.(.+?)(?:\.update_(first|all))?$/.exec(key);
  const stage = match?.[1];
  if (stage === undefined) return undefined;
  const which = match?.[2];
  return which === 'first' || which === 'all' ? { about: 'move', stage, which } : { about: 'stage', stage };
}

function relatedKey(key: string): CompositeKey | undefined {
  const match = /^_related\.([a-z]+)\.(first|last|sum|count)(?:\.(.+))?$/.exec(key);
  const kind = RELATED_KINDS.find((known) => known === match?.[1]);
  const what = match?.[2];
  const rest = match?.[3];
  if (kind === undefined || what === undefined) return undefined;
  if (what === 'count') {
    return rest === undefined || rest === 'nonzero' ? { about: 'count', kind, nonzero: rest === 'nonzero' } : undefined;
  }
  if (rest === undefined) return undefined;
  return what === 'sum'
    ? { about: 'sum', kind, field: rest }
    : { about: 'record', kind, order: asOrder(what), field: rest };
}

const asOrder = (word: string): 'first' | 'last' => (word === 'last' ? 'last' : 'first');

/** The address holds dots itself: the field is the last part. */
function emailKey(key: string): CompositeKey | undefined {
  const match = /^_email_stats\.(.+)\.(LastOpenDate|LastClickDate|LastSentDate)$/.exec(key);
  const address = match?.[1];
  const field = match?.[2];
  if (address === undefined) return undefined;
  switch (field) {
    case 'LastOpenDate':
    case 'LastClickDate':
    case 'LastSentDate':
      return { about: 'email', address, field };
    default:
      return undefined;
  }
}

function goalKey(key: string): CompositeKey | undefined {
  const goal = /^_goal\.(.+)\.achieved$/.exec(key)?.[1];
  return goal === undefined ? undefined : { about: 'goal', goal };
}
