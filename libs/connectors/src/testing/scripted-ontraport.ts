import { openConnection } from '../create-connector.js';
import { ScriptedHttp, type Scripted } from './scripted-http.js';

/** A connection to a scripted vendor whose clock stands still until it is put forward. */
export function fixture(script: Scripted[]) {
  const http = new ScriptedHttp(script);
  const clock = { at: Date.UTC(2026, 0, 15), now: () => new Date(clock.at) };
  const credentials = { api_key: 'k', api_secret: '2_1_app' };
  const connection = openConnection({ platform: 'ontraport', credentials }, { http, places: {}, clock });
  const asked = () =>
    http.requests.map(({ method, url }) => `${method} ${url.replace('https://api.ontraport.com/1/', '')}`);
  return { http, clock, connection, crm: connection.connector(), asked };
}

/** Success with these data. */
export const ok = (data: unknown, more: object = {}): Scripted => ({ status: 200, json: { code: 0, data, ...more } });
/** A contact. */
export const ada = { id: '7', firstname: 'Ada', bulk_mail: '1', contact_cat: '*/*5*/*' };
export const contact = ok(ada);
/** The account's fields. */
export const meta = (fields: object = {}): Scripted => ok({ '0': { name: 'Contact', fields } });
/** A field of the account. */
export const text = (alias: string, more: object = {}) => ({
  alias,
  type: 'text',
  editable: '1',
  options: '',
  ...more,
});
/** Two tags of contacts, and one of another kind of records. */
export const tags = ok([
  { tag_id: '5', tag_name: 'Five', object_type_id: '0' },
  { tag_id: '6', tag_name: 'Six', object_type_id: 0 },
  { tag_id: '8', tag_name: 'Of deals', object_type_id: '149' },
]);
/** What is answered whatever becomes of it. */
export const done = ok('The tag is now being processed.');
