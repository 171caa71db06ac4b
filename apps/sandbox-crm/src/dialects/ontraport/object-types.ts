import { one, type Form } from '../../server/form.js';
import type { CrmStore } from '../../store/crm-store.js';
import type { AutomationRecord, NoteRecord, TagRecord } from '../../store/records.js';
import { Refusal } from '../dialect.js';
import { contactRow } from './contact-row.js';
import { seconds, type Row } from './rows.js';

/** What all object types have in common: they are listed, and found by id. */
export interface ObjectType {
  name: string;
  size(store: CrmStore): number;
  /** In the order of the ids; a row is made only for what is looked at. */
  rows(store: CrmStore): (() => Row)[];
  find(store: CrmStore, id: string): Row | undefined;
}

interface Source<T> {
  size: number;
  values(): Iterable<T>;
  get(id: string): T | undefined;
}

function objectType<T>(
  name: string,
  source: (store: CrmStore) => Source<T>,
  row: (record: T, store: CrmStore) => Row,
): ObjectType {
  return {
    name,
    size: (store) => source(store).size,
    rows: (store) => Array.from(source(store).values(), (record) => () => row(record, store)),
    find: (store, id) => {
      const record = source(store).get(id);
      return record === undefined ? undefined : row(record, store);
    },
  };
}

export const contactType = objectType('Contact', (store) => store.contacts, contactRow);

const TYPES: Readonly<Record<string, ObjectType>> = {
  '0': contactType,
  '12': objectType('Note', (store) => store.notes, noteRow),
  '14': objectType('Tag', (store) => store.tags, tagRow),
  '140': objectType('CampaignBuilder', (store) => store.automations, automationRow),
};

export const automationType = TYPES['140'] ?? contactType;

/** The type that `objectID` names, in the query or in a body. */
export function typeOf(id: unknown): ObjectType {
  const type = typeof id === 'string' || typeof id === 'number' ? TYPES[String(id)] : undefined;
  if (type === undefined) throw new Refusal(400, 'Invalid object type');
  return type;
}

export const typeOfQuery = (query: Form): ObjectType => typeOf(one(query, 'objectID'));

/** A note has one text: what other vendors call its title stands before it. */
export function noteRow(note: NoteRecord): Row {
  return {
    id: note.id,
    object_type_id: '0',
    contact_id: note.contactId,
    author: note.userId,
    data: [note.title, note.text].filter((part) => part !== '').join('\n\n'),
    date: seconds(note.createdAt),
    dlm: seconds(note.updatedAt),
  };
}

export function tagRow(tag: TagRecord): Row {
  return { tag_id: tag.id, tag_name: tag.name, object_type_id: '0', group_id: '0' };
}

function automationRow({ id, name, published, createdAt }: AutomationRecord): Row {
  return {
    id,
    name,
    date: seconds(createdAt),
    dlm: seconds(createdAt),
    object_type_id: '0',
    pause: published ? '0' : '1',
    deleted: 'false',
  };
}
