import type { Answer } from '../../server/answer.js';
import type { Teller, Telling } from '../../hooks/contact-hooks.js';
import type { Hook, HookBook } from '../../hooks/hook-book.js';
import type { HookDelivery } from '../../hooks/hook-sender.js';
import type { Call, Operation } from '../dialect.js';
import { inputOf, isObject, type Input } from '../input.js';
import { existing, invalid, missing } from './errors.js';
import { wireValue } from './field-forms.js';

const ACTIVECAMPAIGN = 'activecampaign';
const EVENTS = ['subscribe', 'unsubscribe', 'update', 'contact_tag_added', 'contact_tag_removed'];
const SOURCES = ['public', 'admin', 'api', 'system'];

/** Webhooks as a client sets them up. */
export const activecampaignHookOperations = (book: HookBook): Operation[] => [
  { method: 'GET', path: '/webhook/events', name: 'GetHookEvents', handle: () => ok({ webhookEvents: EVENTS }) },
  {
    method: 'GET',
    path: '/webhooks',
    name: 'GetHooks',
    handle: (call) => ok({ webhooks: book.of(ACTIVECAMPAIGN, call.identity.connection).map(view) }),
  },
  { method: 'POST', path: '/webhooks', name: 'CreateHook', handle: (call) => create(call, book) },
  { method: 'DELETE', path: '/webhooks/:hook_id', name: 'DeleteHook', handle: (call) => remove(call, book) },
];

const ok = (body: unknown, status = 200): Answer => ({ status, body });
const view = ({ id, event, url, sources, status }: Hook) => ({
  id,
  url,
  events: event.split(','),
  sources,
  state: status === 'active' ? '1' : '0',
});

function create(call: Call, book: HookBook): Answer {
  const { webhook } = inputOf(call.body);
  if (!isObject(webhook)) throw missing('webhook');
  const { name, url } = webhook;
  if (typeof name !== 'string' || name === '') throw missing('name');
  if (typeof url !== 'string' || !URL.canParse(url)) throw invalid('url', 'The url is not an address');
  const hook = book.add({
    dialect: ACTIVECAMPAIGN,
    connection: call.identity.connection,
    event: listOf(webhook, 'events', EVENTS).join(','),
    sources: listOf(webhook, 'sources', SOURCES),
    url,
    status: 'active',
  });
  return ok({ webhook: { ...view(hook), name } }, 201);
}

function listOf(input: Input, name: string, known: readonly string[]): string[] {
  const list = input[name];
  if (!Array.isArray(list) || list.length === 0) throw missing(name);
  const unknown = list.map(String).find((item) => !known.includes(item));
  if (unknown !== undefined) throw invalid(name, `${unknown} is not known`);
  return list.map(String);
}

function remove(call: Call, book: HookBook): Answer {
  const id = call.params['hook_id'] ?? '';
  book.remove(existing(book.get(ACTIVECAMPAIGN, call.identity.connection, id), 'Webhook', id));
  return ok({});
}

/** Forms with bracketed names, sent once. */
export const tellLikeActiveCampaign: Teller = (telling) => {
  const { change, store, book } = telling;
  const { before, after, tagsAdded, tagsRemoved, edited } = change;
  if (after === undefined) return [];
  const tagged = (type: string, tagId: string) => ({ type, tag: store.tags.get(tagId)?.name ?? '' });
  const told: { type: string; tag?: string }[] = [
    ...(edited ? [{ type: before === undefined ? 'subscribe' : 'update' }] : []),
    ...tagsAdded.map((tagId) => tagged('contact_tag_added', tagId)),
    ...tagsRemoved.map((tagId) => tagged('contact_tag_removed', tagId)),
  ];
  const source = change.dialect === ACTIVECAMPAIGN ? 'api' : 'admin';
  return told.flatMap((event) => {
    const body = formOf(telling, event, source);
    return book
      .of(ACTIVECAMPAIGN)
      .filter(({ event: wanted, sources, status }) => {
        return status === 'active' && wanted.split(',').includes(event.type) && sources.includes(source);
      })
      .map((hook): HookDelivery => ({
        url: hook.url,
        message: () => ({ headers: { 'content-type': 'application/x-www-form-urlencoded' }, body }),
        pausesMs: [0],
        gone: () => book.setStatus(hook, 'inactive'),
      }));
  });
};

function formOf({ change, store }: Telling, event: { type: string; tag?: string }, source: string): string {
  const { after, at } = change;
  const form = new URLSearchParams({
    type: event.type,
    date_time: at.toISOString(),
    initiated_from: source,
    initiated_by: source,
    list: '0',
    ...(event.tag !== undefined && { tag: event.tag }),
  });
  if (after === undefined) return form.toString();
  const tags = after.tags.flatMap(({ tagId }) => store.tags.get(tagId)?.name ?? []);
  const contact: Record<string, string> = {
    id: after.id,
    email: after.emails[0]?.address ?? '',
    first_name: after.firstName,
    last_name: after.lastName,
    phone: after.phones[0]?.number ?? '',
    tags: tags.join(', '),
  };
  for (const [name, value] of Object.entries(contact)) form.append(`contact[${name}]`, value);
  for (const [id, value] of Object.entries(after.fields)) {
    form.append(`contact[fields][${id}]`, wireValue(store.customFields.get(id), value));
  }
  return form.toString();
}
