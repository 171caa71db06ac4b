import { describe, expect, it } from '@jest/globals';
import { resolveRedirectTarget, withOutcome } from './redirect-target.js';

const policy = { appUrl: 'https://app.example.com', allowedOrigins: ['https://admin.example.com'] };

describe('resolveRedirectTarget', () => {
  it.each([
    ['/connections', 'https://app.example.com/connections'],
    ['/connections?tab=crm#top', 'https://app.example.com/connections?tab=crm#top'],
    ['https://app.example.com/x', 'https://app.example.com/x'],
    ['https://admin.example.com/done', 'https://admin.example.com/done'],
  ])('accepts %s', (target, expected) => {
    expect(resolveRedirectTarget(target, policy)).toBe(expected);
  });

  it.each([
    'https://evil.example/',
    'http://app.example.com/',
    'https://app.example.com:8443/',
    'https://app.example.com.evil.example/',
    'https://app.example.com@evil.example/',
    'https://user:pass@app.example.com/',
    '//evil.example/',
    '/\\evil.example/',
    '\\\\evil.example',
    '/\t/evil.example/',
    'evil.example/path',
    'javascript:alert(1)',
    'data:text/html,x',
    'https://',
    '',
  ])('refuses %j', (target) => {
    expect(resolveRedirectTarget(target, policy)).toBeNull();
  });
});

describe('withOutcome', () => {
  it('keeps the query of the target and encodes values', () => {
    expect(withOutcome('https://app.example.com/c?tab=crm', { oauth: 'error', error: 'a b&c' })).toBe(
      'https://app.example.com/c?tab=crm&oauth=error&error=a+b%26c',
    );
  });
});
