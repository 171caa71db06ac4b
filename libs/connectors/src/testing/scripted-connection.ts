import { ScriptedHttp, type Scripted } from './scripted-http.js';
import { openConnection, type OpenConnectionDeps } from '../create-connector.js';
import type { ObservedCall, ObservedWait } from '../_kit/call/vendor-call.js';
import type { ConnectionSettings } from '../_kit/connection.js';
import type { CrmConnector } from '../_kit/port.js';

/** An answer with a contact of Keap. */
export const contact = {
  status: 200,
  json: { id: '7', given_name: 'Ada', email_addresses: [{ field: 'EMAIL1', email: 'a@b.c' }] },
};

/** A connection to a scripted vendor with its clock held still, and all that its runs observe. */
export function scriptedConnection(
  script: Scripted[],
  deps: Partial<OpenConnectionDeps> = {},
  settings: Partial<ConnectionSettings> = {},
) {
  const http = new ScriptedHttp(script);
  const clock = { at: Date.UTC(2026, 0, 15), now: () => new Date(clock.at) };
  const connection = openConnection(
    { platform: 'keap', credentials: { access_token: 'token-1' }, ...settings },
    { places: {}, http, clock, random: () => 0, ...deps },
  );
  const calls: ObservedCall[] = [];
  const waits: ObservedWait[] = [];
  const run = (signal?: AbortSignal): CrmConnector =>
    connection.connector({
      onCall: (call) => calls.push(call),
      onWait: (wait) => waits.push(wait),
      ...(signal === undefined ? {} : { signal }),
    });
  return { http, clock, connection, calls, waits, run };
}
