import { DEMO_KEY, DEMO_LOCATION } from '../demo-facts.js';

/** What a person needs to know to connect one vendor, in the product and in a request of their own. */
export interface VendorFacts {
  name: string;
  /** What the product's form asks for; `{origin}` is where the sandbox is reached. */
  form: Readonly<Record<string, string>>;
  /** Header lines that open the API. */
  headers: readonly string[];
  /** A request to try, below the dialect's base. */
  sample: string;
}

const BEARER = `Authorization: Bearer ${DEMO_KEY}`;

const VENDORS: Readonly<Record<string, VendorFacts>> = {
  keap: {
    name: 'Keap',
    // Where vendors are connected by signing in, a key is taken when it is said to be one.
    form: { auth_type: 'api_key', api_key: DEMO_KEY },
    headers: [BEARER],
    sample: '/contacts?page_size=1',
  },
  gohighlevel: {
    name: 'GoHighLevel',
    form: { api_key: DEMO_KEY, location_id: DEMO_LOCATION },
    headers: [BEARER, 'Version: 2021-07-28'],
    sample: `/locations/${DEMO_LOCATION}/tags`,
  },
  activecampaign: {
    name: 'ActiveCampaign',
    form: { api_url: '{origin}/activecampaign', api_key: DEMO_KEY },
    headers: [`Api-Token: ${DEMO_KEY}`],
    sample: '/contacts?limit=1',
  },
  ontraport: {
    name: 'Ontraport',
    form: { app_id: 'any-text', api_key: DEMO_KEY },
    headers: ['Api-Appid: any-text', `Api-Key: ${DEMO_KEY}`],
    sample: '/objects?objectID=0&range=1',
  },
  hubspot: {
    name: 'HubSpot',
    form: { api_key: DEMO_KEY },
    headers: [BEARER],
    sample: '/crm/v3/objects/contacts?limit=1',
  },
};

/** The vendor's own name; a dialect that has no facts yet keeps its own. */
export const vendorName = (dialect: string): string => VENDORS[dialect]?.name ?? dialect;

export const vendorFacts = (dialect: string): VendorFacts | undefined => VENDORS[dialect];
