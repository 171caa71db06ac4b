import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { servicePorts, FakeService, type ArrivedRequest } from '#helper-testing';
import { openDropbox, type DropboxClient } from './dropbox-client.js';

const files = new Map<string, string>();
const folders = new Set<string>();
const links = new Map<string, string>();
const members: unknown[] = [];

const conflict = (reason: string, more: object = {}) => ({
  status: 409,
  body: { error_summary: `${reason}/..`, ...more },
});

function upload({ headers, body }: ArrivedRequest) {
  const wanted = JSON.parse(headers['dropbox-api-arg'] ?? '') as { path: string; mode: string; autorename?: boolean };
  const taken = wanted.mode === 'add' && files.has(wanted.path) && files.get(wanted.path) !== body;
  if (taken && wanted.autorename !== true) return conflict('path/conflict/file');
  const path = taken ? wanted.path.replace(/(\.\w+)?$/, ' (1)$1') : wanted.path;
  files.set(path, body);
  return { body: { id: 'id:1', path_display: path } };
}

/** Dropbox as far as helpers call it. */
function dropbox(request: ArrivedRequest) {
  if (request.headers['authorization'] !== 'Bearer dbt') return { status: 401 };
  if (request.origin === 'https://content.dropboxapi.com' && request.path === '/2/files/upload') return upload(request);
  if (request.origin !== 'https://api.dropboxapi.com') return { status: 404 };
  const json = JSON.parse(request.body) as Record<string, string>;
  const { path = '', from_path: from = '', to_path: to = '' } = json;
  switch (request.path) {
    case '/2/files/create_folder_v2':
      if (folders.has(path)) return conflict('path/conflict/folder');
      folders.add(path);
      return { body: { metadata: { path_display: path } } };
    case '/2/files/copy_v2':
      if (!folders.has(from)) return conflict('from_lookup/not_found');
      if (folders.has(to)) return conflict('to/conflict/folder');
      folders.add(to);
      return { body: { metadata: { path_display: to } } };
    case '/2/sharing/create_shared_link_with_settings':
      if (links.has(path)) return conflict('shared_link_already_exists');
      links.set(path, `https://www.dropbox.com/s${path}`);
      return { body: { url: links.get(path) } };
    case '/2/sharing/list_shared_links':
      return { body: { links: [{ url: links.get(path) }] } };
    case '/2/sharing/share_folder':
      return members.length > 0
        ? conflict('bad_path/already_shared', { error: { bad_path: { shared_folder_id: '84' } } })
        : { body: { '.tag': 'complete', shared_folder_id: '84' } };
    case '/2/sharing/add_folder_member':
      members.push(json);
      return { body: null };
    default:
      return { status: 404 };
  }
}

let server: FakeService;
let client: DropboxClient;

beforeAll(async () => {
  server = await FakeService.start(dropbox);
  client = await openDropbox(servicePorts({ dropbox: { access_token: 'dbt' } }, server.http));
});
afterAll(() => server.stop());
beforeEach(() => {
  files.clear();
  folders.clear();
});

test('a file keeps what was there, unless it may be replaced', async () => {
  expect(await client.upload('/ä.txt', 'one', false)).toBe('/ä.txt');
  expect(await client.upload('/ä.txt', 'two', false)).toBe('/ä (1).txt');
  expect(await client.upload('/ä.txt', 'three', true)).toBe('/ä.txt');
  expect([...files]).toEqual([
    ['/ä.txt', 'three'],
    ['/ä (1).txt', 'two'],
  ]);
  expect(server.arrived[0]?.headers['content-type']).toBe('application/octet-stream');
});

test('folders that are there stay', async () => {
  await client.createFolder('/a');
  await client.createFolder('/a');
  await client.copyFolder('/a', '/b');
  await client.copyFolder('/a', '/b');
  await expect(client.copyFolder('/none', '/c')).rejects.toMatchObject({
    code: 'upstream_error',
    message: expect.stringContaining('from_lookup/not_found') as unknown,
  });
});

test('a link is made once', async () => {
  const link = await client.sharedLink('/a');
  expect(await client.sharedLink('/a')).toBe(link);
});

test('a folder is shared, also one that was shared before', async () => {
  await client.shareWith('/a', 'ada@example.com');
  await client.shareWith('/a', 'bob@example.com');
  expect(members).toMatchObject([
    { shared_folder_id: '84', members: [{ member: { email: 'ada@example.com' } }] },
    { shared_folder_id: '84', members: [{ member: { email: 'bob@example.com' } }] },
  ]);
});
