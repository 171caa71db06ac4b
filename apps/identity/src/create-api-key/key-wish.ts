import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { isId } from '#contracts';
import { ApiKeyView } from '../views/api-key-view.js';

const MOST_ADDRESSES = 50;
/** They travel with every request of the key. */
const MOST_HELPERS = 50;

const isAddressOrNetwork = (text: string): boolean =>
  text.includes('/') ? ipaddr.isValidCIDR(text) : ipaddr.isValid(text);

/** An empty list would be a key that nobody can use; forms send it, and null, for "no limit". */
const listOf = (name: string, most: number, item: z.ZodType<string>) =>
  z
    .array(item)
    .max(most, `${name} takes ${most} entries at most`)
    .nullish()
    .transform((list) => (list === null || list === undefined || list.length === 0 ? undefined : [...new Set(list)]));

/** Where a key may be used from: `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32`. */
export const AllowedIps = listOf(
  'allowed_ips',
  MOST_ADDRESSES,
  z.string().trim().max(64).refine(isAddressOrNetwork, 'allowed_ips takes addresses and networks such as 192.0.2.0/24'),
);

/** The only helpers that a key may know of. */
export const HelperIds = listOf(
  'helper_ids',
  MOST_HELPERS,
  z.string().refine((text) => isId(text) && text.startsWith('helper:'), 'helper_ids takes ids of helpers'),
);

/** The raw key under both names that clients read; it is shown this once. */
export const CreatedApiKeyView = ApiKeyView.pick({
  key_id: true,
  name: true,
  key_prefix: true,
  permissions: true,
  status: true,
  created_at: true,
  expires_at: true,
  test: true,
  allowed_ips: true,
  helper_ids: true,
})
  .extend({ key: z.string(), api_key: z.string() })
  .meta({ id: 'CreatedApiKey' });
