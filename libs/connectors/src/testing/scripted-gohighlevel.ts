import { openConnection } from '../create-connector.js';
import { ScriptedHttp, type Scripted } from './scripted-http.js';

/** GoHighLevel's connector for one location, with a far side that answers as told. */
export function scriptedGohighlevel(script: Scripted[], refreshCredentials?: () => Promise<{ access_token: string }>) {
  const http = new ScriptedHttp(script);
  const connection = openConnection(
    { platform: 'gohighlevel', credentials: { access_token: 't', account_id: 'loc1' } },
    { http, places: {}, random: () => 0, ...(refreshCredentials !== undefined && { refreshCredentials }) },
  );
  return { http, crm: connection.connector(), bodies: () => http.requests.map(({ json }) => json) };
}

/** A success with this body. */
export const ok = (json: unknown): Scripted => ({ status: 200, json });

/** A contact as it is read. */
export const contact = (parts: object = {}): Scripted => ok({ contact: { id: 'c1', ...parts } });

/** A refusal as the vendor's edge or its API gives it. */
export const refused = (status: number, json: object, headers: Record<string, string> = {}): Scripted => ({
  status,
  json,
  headers,
});
