import { describe, expect, it } from '@jest/globals';
import { platformOf } from '../platforms.js';
import type { PlatformPlaces } from '../places.js';
import { accountAddresses } from './account-address.js';

const reader = (places: PlatformPlaces, slug = 'activecampaign') => {
  const manifest = platformOf(slug, places);
  return manifest === undefined ? undefined : accountAddresses(manifest);
};

describe('the address of an account', () => {
  const read = reader({});

  it.each([
    'https://acme.api-us1.com',
    'https://acme.api-us1.com/',
    ' https://acme.api-us1.com/// ',
    'https://acme.api-us1.com/api/3',
    'https://acme.api-us1.com/api/3/',
    'https://acme.api-us1.com//api/3//',
    'HTTPS://ACME.api-us1.com/api/3',
    'https://acme.api-us1.com:443',
  ])('is understood in the form %j', (given) => {
    expect(read?.(given)).toEqual({ url: 'https://acme.api-us1.com/api/3' });
  });

  it.each([
    ['', 'https://'],
    ['acme', 'https://'],
    ['acme.api-us1.com', 'https://'],
    ['http://acme.api-us1.com', 'https://'],
    ['ftp://acme.api-us1.com', 'https://'],
    ['javascript:alert(1)', 'https://'],
    ['https://user:word@acme.api-us1.com', 'https://'],
    ['http://127.0.0.1:8090/activecampaign', 'https://'],
    ['https://acme.activehosted.com/app/settings/developer', 'without a page'],
    ['https://acme.api-us1.com/api/1', 'without a page'],
    ['https://acme.api-us1.com/?api_key=secret', 'without a page'],
    ['https://acme.api-us1.com/#settings', 'without a page'],
  ])('is refused in the form %j, which the refusal does not repeat', (given, problem) => {
    const answer = read?.(given);
    expect(answer).toEqual({ problem: expect.stringContaining(problem) });
    expect(JSON.stringify(answer)).not.toContain('acme');
    expect(JSON.stringify(answer)).not.toContain('secret');
  });

  it('is the demo CRM’s alone where that stands for the vendor', () => {
    const there = reader({ sandboxUrl: 'http://127.0.0.1:8090', crms: 'sandbox' });
    const url = 'http://127.0.0.1:8090/activecampaign/api/3';
    for (const given of ['http://127.0.0.1:8090/activecampaign', 'http://127.0.0.1:8090/activecampaign/', url]) {
      expect(there?.(given)).toEqual({ url });
    }
    for (const given of ['https://acme.api-us1.com', 'http://127.0.0.1:8090', 'http://127.0.0.1:8091/activecampaign']) {
      expect(there?.(given)).toEqual({ problem: expect.stringContaining('http://127.0.0.1:8090/activecampaign') });
    }
  });

  it('is no matter of platforms that all customers reach at one address', () => {
    expect(reader({}, 'keap')).toBeUndefined();
  });
});
