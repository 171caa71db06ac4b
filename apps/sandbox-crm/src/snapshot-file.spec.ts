import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sandboxForTest, type SandboxForTest } from './testing/sandbox-client.js';

let folder: string;
let dataFile: string;
let sandbox: SandboxForTest | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-crm-'));
  dataFile = join(folder, 'inner', 'state.json');
});
afterEach(async () => {
  await sandbox?.stop();
  sandbox = undefined;
  await rm(folder, { recursive: true });
});

const contact = async (id: string) => (await sandbox?.admin('GET', `/contacts/${id}`))?.body;

async function restart(): Promise<void> {
  await sandbox?.stop();
  sandbox = await sandboxForTest({ dataFile });
}

describe('a restart', () => {
  it('brings back what was changed, made and deleted', async () => {
    sandbox = await sandboxForTest({ dataFile });
    await sandbox.keap('POST', '/tags/199/contacts:applyTags', { body: { contact_ids: ['1001'] } });
    await sandbox.keap('PATCH', '/contacts/1001', { body: { custom_fields: [{ id: '7', content: 4711 }] } });
    await sandbox.keap('POST', '/contacts/1001/notes', { body: { user_id: '1', text: 'kept' } });
    await sandbox.keap('DELETE', '/contacts/1002');
    const made = await sandbox.keap('POST', '/contacts', { body: { email_addresses: [{ email: 'n@example.com' }] } });
    const before = await contact('1001');
    await restart();
    expect(await contact('1001')).toEqual(before);
    expect((await sandbox.keap('GET', '/contacts/1002')).status).toBe(404);
    expect((await sandbox.keap('GET', `/contacts/${String(made.body['id'])}`)).status).toBe(200);
    const next = await sandbox.keap('POST', '/contacts', { body: { email_addresses: [{ email: 'm@example.com' }] } });
    expect(Number(next.body['id'])).toBe(Number(made.body['id']) + 1);
  });

  it('keeps connections: a refresh token still works, and so does a reset', async () => {
    sandbox = await sandboxForTest({ dataFile });
    const client = { client_id: 'sandbox-client', client_secret: 'sandbox-client-secret' };
    const redirect_uri = 'https://app.example/cb';
    const query = new URLSearchParams({ ...client, redirect_uri, response_type: 'code', auto: 'approve' });
    const back = await sandbox.request('GET', `/oauth/authorize?${query.toString()}`, { token: null });
    const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const form = new URLSearchParams({ ...client, grant_type: 'authorization_code', code, redirect_uri });
    const { body: tokens } = await sandbox.request('POST', '/oauth/token', { body: form, token: null });
    await sandbox.admin('POST', '/reset', { seed: 9, contacts: 12 });
    await restart();
    expect((await sandbox.keap('GET', '/contacts/1012', { token: String(tokens['access_token']) })).status).toBe(200);
    expect((await sandbox.keap('GET', '/contacts/1013')).status).toBe(404);
    const refresh = { ...client, grant_type: 'refresh_token', refresh_token: String(tokens['refresh_token']) };
    const again = await sandbox.request('POST', '/oauth/token', { body: new URLSearchParams(refresh), token: null });
    expect(again.status).toBe(200);
  });

  it('leaves no half-written file, and a file that it cannot read stops the start', async () => {
    sandbox = await sandboxForTest({ dataFile });
    await sandbox.keap('DELETE', '/contacts/1003');
    await sandbox.stop();
    sandbox = undefined;
    expect(await readdir(join(folder, 'inner'))).toEqual(['state.json']);
    expect(JSON.parse(await readFile(dataFile, 'utf8'))).toMatchObject({ format: 1, seed: 1, contacts: 30 });
    await writeFile(dataFile, '{"format":');
    await expect(sandboxForTest({ dataFile })).rejects.toThrow(dataFile);
  });
});
