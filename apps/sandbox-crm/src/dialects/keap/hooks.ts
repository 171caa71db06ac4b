import type { Answer } from '../../server/answer.js';
import type { Hook, HookBook } from '../../hooks/hook-book.js';
import type { Teller } from '../../hooks/contact-hooks.js';
import type { HookDelivery, HookSender } from '../../hooks/hook-sender.js';
import { Refusal, type Call, type Dialect, type Operation } from '../dialect.js';
import { found, inputOf, requiredText, text } from '../input.js';
import { keapDialect } from './keap-dialect.js';

const KEAP = 'keap';
const EVENT_KEYS = [
  'contact.add',
  'contact.edit',
  'contact.delete',
  'contactGroup.applied',
  'contactGroup.removed',
] as const;
type EventKey = (typeof EVENT_KEYS)[number];

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const REPETITIONS = [30 * SECOND, 5 * MINUTE, 30 * MINUTE];
/** Tags are told late. */
const FIRST_PAUSE = (key: string): number => (key.startsWith('contactGroup.') ? 5 * MINUTE : 30 * SECOND);

const STATUS = { unverified: 'Unverified', active: 'Verified', inactive: 'Inactive' } as const;

/** Keap's REST hooks, which only the older version of its API has. */
export function keapHooksDialect(book: HookBook, sender: HookSender): Dialect {
  const verify = (hook: Hook): void => sender.send(verification(hook, book));
  const operations: Operation[] = [
    { method: 'GET', path: '/hooks', name: 'GetHooks', handle: (call) => answer(book.of(KEAP, own(call)).map(view)) },
    { method: 'GET', path: '/hooks/event_keys', name: 'GetHookEvents', handle: () => answer(EVENT_KEYS) },
    { method: 'POST', path: '/hooks', name: 'CreateHook', handle: (call) => create(call, book, verify) },
    { method: 'GET', path: '/hooks/:key', name: 'GetHook', handle: (call) => answer(view(hookOf(call, book))) },
    { method: 'PUT', path: '/hooks/:key', name: 'UpdateHook', handle: (call) => update(call, book, verify) },
    { method: 'DELETE', path: '/hooks/:key', name: 'DeleteHook', handle: (call) => remove(call, book) },
    { method: 'POST', path: '/hooks/:key/verify', name: 'VerifyHook', handle: (call) => again(call, book, verify) },
    { method: 'POST', path: '/hooks/:key/delayedVerify', name: 'ProveHook', handle: (call) => prove(call, book) },
  ];
  return { ...keapDialect(), base: '/keap/crm/rest/v1', operations };
}

const answer = (body: unknown, status = 200): Answer => ({ status, body });
const own = ({ identity }: Call): string => identity.connection;
const view = ({ id, event, url, status }: Hook) => ({ key: id, eventKey: event, hookUrl: url, status: STATUS[status] });

const hookOf = (call: Call, book: HookBook): Hook =>
  found(book.get(KEAP, own(call), call.params['key'] ?? ''), 'Hook', call.params['key']);

function create(call: Call, book: HookBook, verify: (hook: Hook) => void): Answer {
  const input = inputOf(call.body);
  const [event, url] = [eventKeyOf(requiredText(input, 'eventKey')), urlOf(requiredText(input, 'hookUrl'))];
  const known = book.of(KEAP, own(call)).find((hook) => hook.event === event && hook.url === url);
  if (known !== undefined) return answer(view(known));
  const hook = book.add({ dialect: KEAP, connection: own(call), event, url, status: 'unverified' });
  verify(hook);
  return answer(view(hook), 201);
}

function update(call: Call, book: HookBook, verify: (hook: Hook) => void): Answer {
  const hook = hookOf(call, book);
  const input = inputOf(call.body);
  const [event, url] = [text(input, 'eventKey'), text(input, 'hookUrl')];
  if (event !== undefined) hook.event = eventKeyOf(event);
  if (url !== undefined) hook.url = urlOf(url);
  return restarted(hook, book, verify);
}

const again = (call: Call, book: HookBook, verify: (hook: Hook) => void): Answer =>
  restarted(hookOf(call, book), book, verify);

function restarted(hook: Hook, book: HookBook, verify: (hook: Hook) => void): Answer {
  book.setStatus(hook, 'unverified');
  verify(hook);
  return answer(view(hook));
}

function remove(call: Call, book: HookBook): Answer {
  book.remove(hookOf(call, book));
  return { status: 204 };
}

/** The receiver brings the word by itself. */
function prove(call: Call, book: HookBook): Answer {
  const hook = hookOf(call, book);
  if (call.headers['x-hook-secret'] !== hook.word) throw new Refusal(400, 'The X-Hook-Secret is not the one sent');
  book.setStatus(hook, 'active');
  return answer(view(hook));
}

function eventKeyOf(key: string): EventKey {
  const known = EVENT_KEYS.find((one) => one === key);
  if (known === undefined) throw new Refusal(400, `eventKey ${key} is not known`, 'eventKey');
  return known;
}

function urlOf(url: string): string {
  if (!URL.canParse(url)) throw new Refusal(400, 'hookUrl must be an address', 'hookUrl');
  return url;
}

/** The address proves itself by sending the word back. */
const verification = (hook: Hook, book: HookBook): HookDelivery => ({
  url: hook.url,
  pausesMs: [0],
  message: () => ({ headers: { 'content-type': 'application/json', 'X-Hook-Secret': hook.word }, body: '{}' }),
  answered: ({ status, headers }) => {
    if (status === 200 && headers.get('x-hook-secret') === hook.word) book.setStatus(hook, 'active');
  },
});

/** Ids only: whoever wants to know more has to ask. */
export const tellLikeKeap: Teller = ({ change, book }) => {
  const { contactId, before, after, tagsAdded, tagsRemoved, edited, at } = change;
  const timestamp = at.toISOString();
  const tagged = (tagId: string) => ({
    id: tagId,
    apiUrl: '',
    timestamp,
    contact_details: [{ id: contactId, timestamp }],
  });
  const about = { id: contactId, apiUrl: `https://api.infusionsoft.com/crm/rest/v1/contacts/${contactId}`, timestamp };
  const edit: EventKey = before === undefined ? 'contact.add' : after === undefined ? 'contact.delete' : 'contact.edit';
  const told: { key: EventKey; type: string; objects: readonly unknown[] }[] = [
    ...(edited ? [{ key: edit, type: 'contact', objects: [about] }] : []),
    ...(after === undefined
      ? []
      : [
          { key: 'contactGroup.applied' as const, type: 'contactGroup', objects: tagsAdded.map(tagged) },
          { key: 'contactGroup.removed' as const, type: 'contactGroup', objects: tagsRemoved.map(tagged) },
        ]),
  ];
  return told.flatMap(({ key, type, objects }) => {
    if (objects.length === 0) return [];
    const body = JSON.stringify({ event_key: key, object_type: type, object_keys: objects, api_url: '' });
    return book
      .of(KEAP)
      .filter(({ event, status }) => event === key && status === 'active')
      .map((hook): HookDelivery => {
        const end = (): void => book.setStatus(hook, 'inactive');
        const message = () => ({ headers: { 'content-type': 'application/json' }, body });
        return { url: hook.url, message, pausesMs: [FIRST_PAUSE(key), ...REPETITIONS], gone: end, failed: end };
      });
  });
};
