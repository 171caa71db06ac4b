import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchArchive } from './fetch-archive.mjs';

let folder, server, base;
const files = new Map();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mfh-archive-'));
  mkdirSync(join(folder, 'vendor-1.0', 'bin'), { recursive: true });
  mkdirSync(join(folder, 'vendor-1.0', 'include', 'tool'), { recursive: true });
  writeFileSync(join(folder, 'vendor-1.0', 'bin', 'tool'), 'the tool');
  spawnSync('tar', ['-czf', join(folder, 'tool.tar.gz'), '-C', folder, 'vendor-1.0']);
  const archive = readFileSync(join(folder, 'tool.tar.gz'));
  const sha256 = createHash('sha256').update(archive).digest('hex');
  files.set('/tool.tar.gz', archive);
  files.set('/SHA256SUMS', `${'0'.repeat(64)}  other.tar.gz\n${sha256}  tool.tar.gz\n`);
  files.set('/single.sha256', `${sha256}\n`);
  files.set('/wrong.sha256', `${'0'.repeat(64)}  tool.tar.gz\n`);
  server = createServer((request, response) => {
    const content = files.get(request.url);
    response.writeHead(content === undefined ? 404 : 200).end(content);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${server.address().port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const from = (checksums) => ({ url: `${base}/tool.tar.gz`, checksumUrl: `${base}/${checksums}` });

it.each(['SHA256SUMS', 'single.sha256'])('unpacks what has the sum in %s', async (checksums) => {
  const found = await fetchArchive(from(checksums), join(folder, 'into', checksums), 'bin/tool');
  expect(readFileSync(found, 'utf8')).toBe('the tool');
});

it('throws away what has another sum', async () => {
  await expect(fetchArchive(from('wrong.sha256'), join(folder, 'bad'), 'bin/tool')).rejects.toThrow(
    'does not have the published sha256',
  );
});

it('names what could not be downloaded', async () => {
  await expect(fetchArchive(from('absent'), join(folder, 'bad'), 'bin/tool')).rejects.toThrow(
    `${base}/absent could not be downloaded (status 404)`,
  );
});
