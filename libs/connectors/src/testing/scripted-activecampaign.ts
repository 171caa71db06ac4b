import { openConnection } from '../create-connector.js';
import { ScriptedHttp, type Scripted } from './scripted-http.js';

/** Where the scripted account has its API. */
export const SCRIPTED_BASE = 'https://acme.api-us1.com/api/3';

/** A connector of ActiveCampaign whose far side answers as told. */
export function scriptedActiveCampaign(script: Scripted[], base_url = 'https://acme.api-us1.com/') {
  const http = new ScriptedHttp(script);
  const connection = openConnection(
    { platform: 'activecampaign', credentials: { api_key: 'k', base_url } },
    { http, places: {}, random: () => 0 },
  );
  const asked = () => http.requests.map(({ method, url }) => `${method} ${url.replace(SCRIPTED_BASE, '')}`);
  return { http, crm: connection.connector(), asked };
}

export const ok = (json: unknown): Scripted => ({ status: 200, json });

/** A refusal with the words of a person in it, which must not show. */
export const refused = (status: number, ...errors: { code: string; pointer?: string }[]): Scripted => ({
  status,
  json: {
    errors: errors.map(({ code, pointer }) => ({
      title: 'ada@b.c is no good',
      detail: 'ada@b.c',
      code,
      source: { pointer },
    })),
  },
});

export const ada = { id: '7', email: 'ada@b.c', firstName: 'Ada', lastName: 'Marsh' };

/** A contact with everything that can come beside it. */
export const whole = (more: object = {}): Scripted =>
  ok({
    contact: ada,
    fieldValues: [],
    contactTags: [],
    tags: [],
    accountContacts: [],
    accounts: [],
    contactLists: [],
    ...more,
  });
