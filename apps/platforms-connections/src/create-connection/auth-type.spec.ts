import { expect, it } from '@jest/globals';
import { platformOf, type PlatformRecord } from '#connectors';
import { keyAuthType } from './auth-type.js';

function recordOf(slug: string): PlatformRecord {
  const manifest = platformOf(slug, { sandboxUrl: 'http://sandbox.test' });
  if (manifest === undefined) throw new Error(`There is no platform ${slug}`);
  return manifest.record;
}

it.each([
  ['sandbox', undefined, { api_key: 'k' }, 'api_key'],
  ['hubspot', undefined, { api_key: 'k' }, 'api_key'],
  // Signing in is its usual way, but its record has a key field, too.
  ['gohighlevel', undefined, { api_key: 'k' }, 'api_key'],
  // A personal access token, on request only.
  ['keap', 'api_key', { api_key: 'k' }, 'api_key'],
  ['keap', 'bearer', { api_key: 'k' }, 'bearer'],
] as const)('takes %s asked as %s for %s', (slug, asked, credentials, expected) => {
  expect(keyAuthType(recordOf(slug), asked, credentials)).toBe(expected);
});

it.each([
  ['keap', undefined, { api_key: 'k' }],
  ['keap', undefined, {}],
  ['gohighlevel', undefined, { api_key: '' }],
  ['sandbox', 'oauth2', { api_key: 'k' }],
] as const)('sends %s asked as %s with %s to the sign-in', (slug, asked, credentials) => {
  expect(() => keyAuthType(recordOf(slug), asked, credentials)).toThrow('is connected by signing in there');
});
