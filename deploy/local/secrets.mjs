import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Secrets of a local installation, made once and kept beside its data (what is sealed with a key cannot be read
 * without it). The environment wins over the file.
 * @returns environment variables
 */
export function localSecrets(dataDir, env = process.env) {
  const file = join(dataDir, 'secrets.json');
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const secrets = {
    MFH_SEALING_KEYS: `local1:${randomBytes(32).toString('base64url')}`,
    MFH_LINK_KEYS: `local1:${randomBytes(32).toString('base64url')}`,
    MFH_CURSOR_KEY: randomBytes(32).toString('base64url'),
    ...kept,
  };
  if (Object.keys(secrets).some((name) => kept[name] === undefined)) {
    writeFileSync(file, `${JSON.stringify(secrets, undefined, 2)}\n`, { mode: 0o600 });
    chmodSync(file, 0o600);
  }
  return Object.fromEntries(Object.entries(secrets).map(([name, value]) => [name, env[name] ?? value]));
}
