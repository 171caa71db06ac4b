/** What a person needs to know to connect one vendor, in a request of their own and in the product. */
export interface VendorFacts {
  name: string;
  /** Header lines that carry the key. */
  headers: readonly string[];
  /** A request that lists one contact, below the dialect's base. */
  sample: string;
  /** The account as users enter it, where the vendor's form asks for more than a key; below the sandbox's address. */
  accountPath?: string;
  hint: string;
}

const VENDORS: Readonly<Record<string, VendorFacts>> = {
  keap: {
    name: 'Keap',
    headers: ['Authorization: Bearer {key}'],
    sample: '/contacts?page_size=1',
    hint: 'Sign in by OAuth, or give the key as a personal access token.',
  },
  gohighlevel: {
    name: 'GoHighLevel',
    headers: ['Authorization: Bearer {key}', 'Version: 2021-07-28'],
    sample: '/contacts/?limit=1&locationId={location}',
    hint: 'Sign in by OAuth and choose a location, or give the key as a private integration token.',
  },
  activecampaign: {
    name: 'ActiveCampaign',
    headers: ['Api-Token: {key}'],
    sample: '/contacts?limit=1',
    accountPath: '/activecampaign',
    hint: 'Give the account URL below and the key.',
  },
  ontraport: {
    name: 'Ontraport',
    headers: ['Api-Appid: any-text', 'Api-Key: {key}'],
    sample: '/objects?objectID=0&range=1',
    hint: 'Give any text as the app id, and the key.',
  },
  hubspot: {
    name: 'HubSpot',
    headers: ['Authorization: Bearer {key}'],
    sample: '/crm/v3/objects/contacts?limit=1',
    hint: 'Sign in by OAuth, or give the key as a private app token.',
  },
};

/** The vendor's own name; a dialect that has no facts yet keeps its own. */
export const vendorName = (dialect: string): string => VENDORS[dialect]?.name ?? dialect;

export const vendorFacts = (dialect: string): VendorFacts | undefined => VENDORS[dialect];
