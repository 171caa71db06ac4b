import { describe, expect, it } from '@jest/globals';
import { apiKeyHash, newApiKey } from './raw-api-key.js';
import { isRefreshToken, newRefreshToken, refreshTokenHash, successorOf } from './refresh-token.js';

const key = Buffer.alloc(32, 7);

describe('refresh tokens', () => {
  it('have one form, and no two are alike', () => {
    const tokens = new Set(Array.from({ length: 200 }, newRefreshToken));
    expect(tokens.size).toBe(200);
    for (const token of tokens) expect(isRefreshToken(token)).toBe(true);
    expect(isRefreshToken('mfr_short')).toBe(false);
    expect(isRefreshToken(`${newRefreshToken()}x`)).toBe(false);
  });

  it('have one successor under one key, of the same form', () => {
    const parent = newRefreshToken();
    const successor = successorOf(parent, key);
    expect(isRefreshToken(successor)).toBe(true);
    expect(successorOf(parent, key)).toBe(successor);
    expect(successorOf(parent, Buffer.alloc(32, 8))).not.toBe(successor);
    expect(successorOf(newRefreshToken(), key)).not.toBe(successor);
    expect(successorOf(successor, key)).not.toBe(parent);
  });

  it('are stored as SHA-256', () => {
    expect(refreshTokenHash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

describe('API keys', () => {
  it('are 73 characters, shown by the first 16 and stored as SHA-256', () => {
    const { raw, hash, prefix } = newApiKey();
    expect(raw).toMatch(/^mfh_live_[0-9a-f]{64}$/);
    expect(prefix).toBe(raw.slice(0, 16));
    expect(hash).toBe(apiKeyHash(raw));
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });
});
