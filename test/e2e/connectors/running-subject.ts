import {
  connectorHttp,
  openConnection,
  type ConnectorRun,
  type ObservedCall,
  type ObservedWait,
  type PlatformPlaces,
} from '#connectors';
import { DEMO_KEY, FIRST_CONTACT_ID } from '../../../apps/sandbox-crm/src/demo-facts.js';
import { startSandbox } from '../../../apps/sandbox-crm/src/sandbox.js';
import type { Connected, Connecting, ContractSubject, VendorApi, VendorUnderTest } from './contract-subject.js';
import { RecordedHttp } from './recorded-http.js';
import { SandboxControl } from './sandbox-control.js';

/** Contacts of the demo CRM that a contract test runs against. */
export const CONTACTS = 2500;

export interface RunningSubject {
  subject: ContractSubject;
  recorded: RecordedHttp;
  stop: () => Promise<void>;
}

/** Starts a demo CRM in the vendor's place and connects nothing yet. */
export async function startSubject(vendor: VendorUnderTest): Promise<RunningSubject> {
  const sandbox = await startSandbox({ port: 0, contacts: CONTACTS });
  const http = connectorHttp({
    MFH_MODE: 'test',
    MFH_LIMITS: 'standard',
    MFH_CRMS: 'sandbox',
    MFH_SANDBOX_URL: sandbox.url,
  });
  const recorded = new RecordedHttp(http, sandbox.url);
  const control = new SandboxControl(sandbox.url);
  const subject: ContractSubject = {
    ...vendor,
    sandboxUrl: sandbox.url,
    connect: connecting(vendor, sandbox.url, recorded),
    contact: (index) => String(FIRST_CONTACT_ID + index),
    api: vendorApi(vendor, sandbox.url),
    http: recorded,
    places: { sandboxUrl: sandbox.url, crms: 'sandbox' },
    faults: async (rules, documented = false) => {
      await control.faults(rules, vendor.vendor);
      recorded.answersArePlanned = rules.length > 0 && !documented;
    },
    effects: (contactId) => control.effects(contactId),
    record: (contactId) => control.record(contactId),
    sent: () => recorded.sent,
    expireTokens: () => control.expireTokens(),
  };
  const stop = async (): Promise<void> => {
    await http.close();
    await sandbox.stop();
  };
  return { subject, recorded, stop };
}

function connecting(vendor: VendorUnderTest, sandboxUrl: string, http: RecordedHttp) {
  const places: PlatformPlaces = { sandboxUrl, crms: 'sandbox' };
  return ({ credentials, refresh, signal, timeoutMs, clock }: Connecting = {}): Connected => {
    const calls: ObservedCall[] = [];
    const waits: ObservedWait[] = [];
    const run: ConnectorRun = {
      onCall: (call) => calls.push(call),
      onWait: (wait) => waits.push(wait),
      ...(signal !== undefined && { signal }),
    };
    const connection = openConnection(
      { platform: vendor.platform, credentials: credentials ?? vendor.keyCredentials(DEMO_KEY, sandboxUrl) },
      {
        http,
        places,
        random: () => 0.01,
        ...(refresh !== undefined && { refreshCredentials: refresh }),
        ...(timeoutMs !== undefined && { timeoutMs }),
        ...(clock !== undefined && { clock }),
      },
    );
    return { crm: connection.connector(run), nextRun: () => connection.connector(run), calls, waits };
  };
}

function vendorApi(vendor: VendorUnderTest, sandboxUrl: string): VendorApi {
  return async (method, path, body) => {
    const response = await fetch(sandboxUrl + path, {
      method,
      headers: { ...vendor.apiHeaders(DEMO_KEY), ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    const answer: unknown = text === '' ? undefined : JSON.parse(text);
    return answer;
  };
}
