import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, it } from '@jest/globals';
import { startOtlpReceiver, type OtlpReceiver } from '#testing';
import { execute, newHelper } from '../support/customer.js';
import { everyMessage, everyRecord, listenToAll } from '../support/everything-written.js';
import { connectByOAuth } from '../support/oauth-connection.js';
import { useSystem } from '../support/use-system.js';

const NOTE = { subject: 'Quiet', body: 'About credentials' };
const unguessable = (): string => randomBytes(12).toString('hex');
const KEYS = { ontraport: `sandbox-key-${unguessable()}`, activecampaign: `sandbox-key-${unguessable()}` };
const REFUSED = `refused-${unguessable()}`;
/** How the demo CRM's tokens look, which only it and the connection know. */
const TOKEN = /\b(?:at|rt)_[A-Za-z0-9_-]{20,}/;

let receiver: OtlpReceiver;
const running = useSystem(async () => {
  receiver = await startOtlpReceiver();
  return {
    env: {
      ...receiver.variables,
      OTEL_TRACES_SAMPLER: 'always_on',
      OTEL_BSP_SCHEDULE_DELAY: '100',
      MFH_CRMS: 'sandbox',
      MFH_LOG_LEVEL: 'trace',
    },
  };
});
afterAll(async () => {
  await receiver.stop();
});

/** Connections of every kind are made, used, refreshed, refused and changed; what the API answered. */
async function everythingThatUsesCredentials(): Promise<string[]> {
  const { system, customer } = running;
  const { api } = customer;
  const answers: string[] = [];
  const asked = async (method: string, path: string, body?: unknown) => {
    const { body: answer } = await api.request<{ connection_id: string }>(method, path, body);
    answers.push(`${method} ${path} ${JSON.stringify(answer)}`);
    return answer;
  };
  const ran = async (connectionId: string): Promise<void> => {
    const helper = await newHelper({ ...customer, connectionId }, 'note_it', NOTE);
    answers.push(JSON.stringify(await api.ended(await execute(customer, helper, '1001'), 60_000)));
  };
  const forms = {
    ontraport: { app_id: '2_12345_demo', api_key: KEYS.ontraport },
    activecampaign: { api_url: `${system.sandbox.url}/activecampaign`, api_key: KEYS.activecampaign },
  };
  for (const [platform, credentials] of Object.entries(forms)) {
    const made = await asked('POST', `/platforms/${platform}/connections`, { name: platform, credentials });
    const id = made.data?.connection_id ?? '';
    await asked('POST', `/platforms/${platform}/connections/${id}/test`);
    await ran(id);
    // A vendor that says a key aloud in its refusal.
    const body = { message: `Invalid key ${credentials.api_key}` };
    await system.sandbox.faults([{ id: 'aloud', match: { dialect: platform }, status: 400, body }]);
    await ran(id);
    await asked('POST', `/platforms/${platform}/connections/${id}/test`);
    await system.sandbox.faults([]);
    await asked('PUT', `/platforms/${platform}/connections/${id}`, {
      credentials: { ...credentials, api_key: REFUSED },
    });
    await asked('POST', `/platforms/${platform}/connections/${id}/test`);
    await asked('GET', `/platforms/${platform}/connections/${id}`);
  }
  for (const platform of ['keap', 'gohighlevel', 'hubspot']) {
    const id = await connectByOAuth(api, `quiet-${platform}`, platform);
    await ran(id);
    await system.sandbox.expireTokens();
    await ran(id);
    await asked('GET', `/platform-connections/${id}`);
    await asked('DELETE', `/platforms/${platform}/connections/${id}`);
  }
  await asked('GET', '/platform-connections');
  return answers;
}

const asText = (thing: object): string =>
  JSON.stringify(thing, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));

/** Where one of the secrets stands, shortened. */
function placesOf(lines: readonly string[]): string[] {
  const secrets = [...Object.values(KEYS), REFUSED];
  const forms = secrets.flatMap((text) => [text, encodeURIComponent(text), Buffer.from(text).toString('base64')]);
  return lines
    .filter((line) => TOKEN.test(line) || forms.some((form) => line.includes(form)))
    .map((line) => line.slice(0, 500));
}

describe('credentials of vendors', () => {
  it('stand in no answer, message, record, log or trace, whatever happens to their connections', async () => {
    const { system } = running;
    const listener = await listenToAll(system);
    const answers = await everythingThatUsesCredentials();
    await listener.stop();
    const [records, messages] = await Promise.all([everyRecord(system), everyMessage(system)]);
    await Promise.all([...system.runners, ...system.processes.values()].map((process) => process.stop()));

    const spans = receiver.spans().map(asText);
    const metrics = receiver.metrics().map(asText);
    const places = {
      answers,
      said: listener.said,
      records,
      messages,
      logs: system.output().split('\n'),
      spans,
      metrics,
    };
    for (const [where, lines] of Object.entries(places)) {
      // An empty place would prove nothing.
      expect([where, lines.length > 5]).toEqual([where, true]);
      expect([where, placesOf(lines)]).toEqual([where, []]);
    }
    // What runners are given is sealed.
    expect(listener.said.some((line) => line.includes('mfhs1.'))).toBe(true);
    // Refresh tokens are never given away: the text that runners open holds none.
    expect(listener.said.filter((line) => line.includes('sealed_refresh'))).toEqual([]);
  });
});
