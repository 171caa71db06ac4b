import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * Downloads a vendor's tar archive, checks it against the published sha256 and unpacks it.
 * @param source `{url, checksumUrl}`
 * @param folder target, created when missing
 * @param program how the path of the wanted file inside the archive ends
 * @returns path of the program; throws an Error with one clause saying what failed
 */
export async function fetchArchive(source, folder, program) {
  const [archive, checksums] = await Promise.all([download(source.url), download(source.checksumUrl)]);
  const name = basename(source.url);
  const wanted = checksumOf(checksums.toString('utf8'), name);
  const actual = createHash('sha256').update(archive).digest('hex');
  if (wanted !== actual) throw new Error(`${source.url} does not have the published sha256 and was thrown away`);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, archive);
  const unpacked = spawnSync('tar', ['-xzf', file, '-C', folder], { encoding: 'utf8' });
  if (unpacked.status !== 0) throw new Error(`"tar" could not unpack ${name}: ${unpacked.stderr ?? unpacked.error}`);
  const found = readdirSync(folder, { recursive: true }).find((entry) => `/${entry}`.endsWith(`/${program}`));
  if (!found) throw new Error(`${name} holds no ${program}`);
  return join(folder, found);
}

async function download(url) {
  const signal = AbortSignal.timeout(180_000);
  try {
    const response = await fetch(url, { signal });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    const reason = error.cause?.code ?? error.message;
    throw new Error(`${url} could not be downloaded (${reason})`, { cause: error });
  }
}

/** Checksum files hold `<hex>  <name>` lines, or for a single file just `<hex>`. */
function checksumOf(text, name) {
  const lines = text.trim().split('\n');
  const line = lines.find((candidate) => candidate.includes(name)) ?? (lines.length === 1 ? lines[0] : '');
  return line.trim().split(/\s+/)[0];
}
