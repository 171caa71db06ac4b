import type { ConnectorCredentials, CrmConnector, PlatformSlug } from '#connectors';

const KEY = 'sandbox-key-bench';

/** The vendors and how the demo CRM lets each of them in. */
export const VENDORS: readonly { platform: PlatformSlug; credentials: (url: string) => ConnectorCredentials }[] = [
  { platform: 'activecampaign', credentials: (url) => ({ api_key: KEY, base_url: `${url}/activecampaign` }) },
  { platform: 'gohighlevel', credentials: () => ({ api_key: KEY, account_id: 'sandbox-location' }) },
  { platform: 'hubspot', credentials: () => ({ api_key: KEY }) },
  { platform: 'keap', credentials: () => ({ api_key: KEY }) },
  { platform: 'ontraport', credentials: () => ({ api_key: KEY, api_secret: 'bench' }) },
];

export interface Operation {
  name: string;
  act: (crm: CrmConnector) => Promise<unknown>;
}

/** What helpers do most; lists of tags and fields are known, contacts are not. */
export const OPERATIONS: readonly Operation[] = [
  { name: 'read a contact', act: (crm) => crm.getContact('1001') },
  {
    name: 'read three fields',
    act: async (crm) => {
      for (const key of ['first_name', 'email', 'Nickname']) await crm.getContactFieldValue('1001', key);
    },
  },
  { name: 'write a field', act: (crm) => crm.setContactFieldValue('1002', 'first_name', 'Ben') },
  {
    name: 'write three fields',
    act: (crm) => crm.updateContact('1003', { first_name: 'Clara', custom_fields: { Nickname: 'C', Score: 7 } }),
  },
  { name: 'apply a tag', act: (crm) => crm.applyTag('1004', 'Tried the demo') },
  { name: 'list 50 contacts', act: (crm) => crm.getContacts({ limit: 50 }) },
];
