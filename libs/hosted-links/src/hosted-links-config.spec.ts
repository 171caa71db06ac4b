import { expect, test } from '@jest/globals';
import { HostedLinksConfig, hostedLinksFromEnvironment } from './hosted-links-config.js';

const key = Buffer.alloc(32, 3).toString('base64url');

test('reads keys and address', () => {
  const { publicUrl, linkKeys } = HostedLinksConfig.parse({
    MFH_PUBLIC_URL: 'https://api.example.com',
    MFH_LINK_KEYS: `b:${key},a:${key}`,
  });
  expect(publicUrl).toBe('https://api.example.com');
  expect(linkKeys.map(({ id }) => id)).toEqual(['b', 'a']);
});

test('needs keys of its own in production only', async () => {
  const now = new Date();
  const url = await hostedLinksFromEnvironment({ MFH_LINK_KEYS: '' }).sign('page', {}, now);
  expect(url.startsWith('http://127.0.0.1:8080/t/')).toBe(true);
  expect(() => hostedLinksFromEnvironment({ MFH_MODE: 'production' })).toThrow('must be set in production');
});
