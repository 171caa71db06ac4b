import { describe, expect, test } from '@jest/globals';
import type { RunContext } from '../run-context.js';
import { addressOf, withAddressSource } from './address-source.js';

type Context = Parameters<typeof addressOf>[0];

const context = (part: Partial<RunContext<Partial<Context['config']>>>): Context =>
  ({
    input: {},
    query: {},
    connected: true,
    identity: { contactId: 'c1' },
    crm: { readField: () => Promise.resolve(' 3.3.3.3 ') },
    config: {},
    ...part,
  }) as unknown as Context;

describe('the address of a run', () => {
  const config = { ip_field: 'ip', ip_address: '4.4.4.4' };

  test.each([
    [{ config, input: { ip_address: ' 1.1.1.1 ' }, query: { ip: '2.2.2.2' } }, '1.1.1.1'],
    [{ config, input: { ip_address: 5 }, query: { ip: '2.2.2.2' } }, '2.2.2.2'],
    [{ config, input: { ip_address: ' ' } }, '3.3.3.3'],
    [{ config, connected: false }, '4.4.4.4'],
    [{ config: { ip_address: '4.4.4.4' } }, '4.4.4.4'],
  ])('%#', async (part, address) => {
    expect(await addressOf(context(part))).toBe(address);
  });

  test('must be somewhere', async () => {
    await expect(addressOf(context({}))).rejects.toMatchObject({ code: 'ip_address_missing' });
  });
});

test('a configuration need not say where its address comes from', () => {
  expect(withAddressSource({ ip_address: '1.1.1.1', ip_field: 'ip' })).toMatchObject({ ip_source: 'configured' });
  expect(withAddressSource({ ip_field: 'ip' })).toMatchObject({ ip_source: 'field' });
  expect(withAddressSource({ ip_source: 'request', ip_field: 'ip' })).toMatchObject({ ip_source: 'request' });
  expect(withAddressSource({})).toEqual({});
});
