import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What the demo knows from earlier starts: sign-in data of the demo account, and whether it was shown to its end.
 * The password is made here because a fixed one would be a known way into every local installation.
 */
export function readDemoAccount(dataDir) {
  const file = join(dataDir, 'demo.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const account = {
    name: 'Demo Owner',
    company: 'Demo Company',
    email: `demo-${randomBytes(3).toString('hex')}@example.com`,
    password: `Demo-${randomBytes(6).toString('base64url')}-7a`,
    finished: false,
  };
  writeDemoAccount(dataDir, account);
  return account;
}

export function writeDemoAccount(dataDir, account) {
  const file = join(dataDir, 'demo.json');
  writeFileSync(file, `${JSON.stringify(account, undefined, 2)}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
}
