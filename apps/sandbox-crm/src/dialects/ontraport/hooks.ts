import { one, type Form } from '../../server/form.js';
import type { Answer } from '../../server/answer.js';
import type { Teller } from '../../hooks/contact-hooks.js';
import type { Hook, HookBook } from '../../hooks/hook-book.js';
import type { HookDelivery } from '../../hooks/hook-sender.js';
import { Refusal, type Call, type Operation } from '../dialect.js';
import { isObject } from '../input.js';
import { success } from './answers.js';
import { contactRow } from './contact-row.js';

const ONTRAPORT = 'ontraport';
const CONTACTS = 0;
const EVENT = /^(?:object_create\(0\)|(?:un)?sub_tag\(\d+\)|object_submits_form\(\d+\))$/;

export const ontraportHookOperations = (book: HookBook): Operation[] => [
  { method: 'POST', path: '/Webhook/subscribe', name: 'CreateHook', handle: (call) => subscribe(call, book) },
  { method: 'DELETE', path: '/Webhook/unsubscribe', name: 'DeleteHook', handle: (call) => unsubscribe(call, book) },
];

const view = ({ id, event, url }: Hook) => ({
  id,
  event,
  data: null,
  url,
  last_hook: null,
  last_code: 0,
  last_payload: null,
});

function subscribe(call: Call, book: HookBook): Answer {
  const form = (isObject(call.body) ? call.body : {}) as Form;
  const [url, event] = [one(form, 'url') ?? '', one(form, 'event') ?? ''];
  if (!URL.canParse(url)) throw new Refusal(400, 'url is missing or not an address');
  if (!EVENT.test(event)) throw new Refusal(400, 'event is missing or not known');
  const { connection } = call.identity;
  return success(view(book.add({ dialect: ONTRAPORT, connection, event, url, status: 'active' })));
}

function unsubscribe(call: Call, book: HookBook): Answer {
  const id = one(call.query, 'id') ?? '';
  const hook = book.get(ONTRAPORT, call.identity.connection, id);
  if (hook === undefined) throw new Refusal(404, 'Object not found');
  book.remove(hook);
  return success({ id });
}

/** The whole record, sent once; of a changed contact nothing is told. */
export const tellLikeOntraport: Teller = ({ change, store, book }) => {
  const { before, after, tagsAdded, tagsRemoved, at } = change;
  if (after === undefined) return [];
  const told = [
    ...(before === undefined ? [{ event: 'object_create(0)', type: 'object_create' }] : []),
    ...tagsAdded.map((tagId) => ({ event: `sub_tag(${tagId})`, type: 'sub_tag' })),
    ...tagsRemoved.map((tagId) => ({ event: `unsub_tag(${tagId})`, type: 'unsub_tag' })),
  ];
  return told.flatMap(({ event, type }) =>
    book
      .of(ONTRAPORT)
      .filter((hook) => hook.event === event && hook.status === 'active')
      .map((hook): HookDelivery => {
        const body = JSON.stringify({
          webhook_id: hook.id,
          object_type_id: CONTACTS,
          event: { type },
          data: contactRow(after, store),
          timestamp: Math.floor(at.getTime() / 1000),
        });
        const message = () => ({ headers: { 'content-type': 'application/json' }, body });
        return { url: hook.url, message, pausesMs: [0] };
      }),
  );
};
