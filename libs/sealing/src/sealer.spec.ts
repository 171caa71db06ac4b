import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { isSealed } from './sealed-text.js';
import { SealBroken, Sealer } from './sealer.js';

const older = { id: 'k1', key: randomBytes(32) };
const newer = { id: 'k2', key: randomBytes(32) };
const account = 'account:0190';
const secret = 'pat-na1-geheim äöü';
const broken = (reason: SealBroken['reason']): unknown => expect.objectContaining({ name: 'SealBroken', reason });

describe('Sealer', () => {
  const sealer = new Sealer([older]);

  it('opens what it sealed, text and bytes', async () => {
    const sealed = await sealer.seal(secret, account);
    expect(isSealed(sealed)).toBe(true);
    expect(await sealer.open(sealed, account)).toBe(secret);
    const bytes = randomBytes(50);
    expect(await sealer.openBytes(await sealer.seal(bytes, account), account)).toEqual(bytes);
    expect(await sealer.open(await sealer.seal('', account), account)).toBe('');
  });

  it('never seals the same text twice alike, and never shows it', async () => {
    const texts = await Promise.all(Array.from({ length: 20 }, () => sealer.seal(secret, account)));
    expect(new Set(texts).size).toBe(20);
    for (const text of texts) {
      expect(text).toMatch(/^mfhs1\.k1\./);
      expect(text).not.toContain(secret);
      expect(Buffer.from(text, 'base64url').toString('utf8')).not.toContain('geheim');
    }
  });

  it('does not open for another account', async () => {
    const sealed = await sealer.seal(secret, account);
    await expect(sealer.open(sealed, 'account:0191')).rejects.toEqual(broken('tampered_or_foreign'));
  });

  it('does not open after any single bit of any part was changed', async () => {
    const sealed = await sealer.seal(secret, account);
    const parts = sealed.split('.');
    for (let part = 2; part < parts.length; part += 1) {
      const bytes = Buffer.from(parts[part] ?? '', 'base64url');
      for (const index of bytes.keys()) {
        const changed = Buffer.from(bytes);
        changed[index] = (changed[index] ?? 0) ^ 1;
        const tampered = parts.with(part, changed.toString('base64url')).join('.');
        await expect(sealer.open(tampered, account)).rejects.toEqual(broken('tampered_or_foreign'));
      }
    }
  });

  it('does not accept the wrapped key of another text', async () => {
    const mine = (await sealer.seal(secret, account)).split('.');
    const other = (await sealer.seal('other', account)).split('.');
    const mixed = mine.with(2, other[2] ?? '').join('.');
    await expect(sealer.open(mixed, account)).rejects.toEqual(broken('tampered_or_foreign'));
  });

  it.each(['', 'plain text', 'mfhs1.k1.aa.bb', 'mfhs2.k1.aa.bb.cc', 'mfhs1.k1.aa.bb.c=', 'mfhs1.k1.AAAA.AAAA.AAAA'])(
    'calls %p malformed',
    async (text) => {
      await expect(sealer.open(text, account)).rejects.toEqual(broken('malformed'));
    },
  );

  it('opens texts of an older key after a rotation and says that they need a new wrapping', async () => {
    const sealed = await sealer.seal(secret, account);
    const rotated = new Sealer([newer, older]);
    expect(sealer.needsRewrap(sealed)).toBe(false);
    expect(rotated.needsRewrap(sealed)).toBe(true);
    expect(await rotated.open(sealed, account)).toBe(secret);
  });

  it('rewraps by the current key without touching the secret, so that the older key can go', async () => {
    const sealed = await sealer.seal(secret, account);
    const rewrapped = await new Sealer([newer, older]).rewrap(sealed, account);
    expect(rewrapped.split('.').slice(3)).toEqual(sealed.split('.').slice(3));
    const onlyNewer = new Sealer([newer]);
    expect(onlyNewer.needsRewrap(rewrapped)).toBe(false);
    expect(await onlyNewer.open(rewrapped, account)).toBe(secret);
    await expect(onlyNewer.open(sealed, account)).rejects.toEqual(broken('unknown_key'));
  });

  it('rewraps only for the account the text belongs to', async () => {
    const sealed = await sealer.seal(secret, account);
    await expect(new Sealer([newer, older]).rewrap(sealed, 'account:x')).rejects.toEqual(broken('tampered_or_foreign'));
  });

  it('does not follow a renamed key', async () => {
    const sealed = (await sealer.seal(secret, account)).replace('mfhs1.k1.', 'mfhs1.k2.');
    const sameKeyOtherName = new Sealer([{ id: 'k2', key: older.key }]);
    await expect(sameKeyOtherName.open(sealed, account)).rejects.toEqual(broken('tampered_or_foreign'));
  });
});
