/** Codes that stand for states and countries. Other texts are kept as they come. */
const STATES =
  'AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|FL Florida|' +
  'GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|' +
  'MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|' +
  'NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|' +
  'OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|' +
  'UT Utah|VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming|AB Alberta|' +
  'BC British Columbia|MB Manitoba|NB New Brunswick|NS Nova Scotia|ON Ontario|QC Quebec|SK Saskatchewan|' +
  'NSW New South Wales|QLD Queensland|VIC Victoria|TAS Tasmania|AU_NT Northern Territory|AU_WA Western Australia';

/** The store keeps three letters, Ontraport two. */
const COUNTRIES =
  'AU AUS Australia|AT AUT Austria|CA CAN Canada|FR FRA France|DE DEU Germany|IE IRL Ireland|NZ NZL New Zealand|' +
  'SE SWE Sweden|CH CHE Switzerland|GB GBR United Kingdom|US USA United States';

const states = STATES.split('|').map((entry) => pair(entry));
const countries = COUNTRIES.split('|').map((entry) => {
  const [code, rest] = pair(entry);
  const [stored, label] = pair(rest);
  return { code, stored, label };
});

/** Labels by code, as the list of fields tells them. */
export const STATE_OPTIONS: Readonly<Record<string, string>> = Object.fromEntries(states);
export const COUNTRY_OPTIONS: Readonly<Record<string, string>> = Object.fromEntries(
  countries.map(({ code, label }) => [code, label]),
);

/** The store keeps names of states. */
export function stateCode(region: string): string {
  return states.find(([, label]) => label === region)?.[0] ?? region;
}

export function regionOf(code: string): string {
  return STATE_OPTIONS[code] ?? code;
}

export function countryCode(stored: string): string {
  return countries.find((country) => country.stored === stored)?.code ?? stored;
}

export function storedCountry(code: string): string {
  return countries.find((country) => country.code === code)?.stored ?? code;
}

function pair(entry: string): [string, string] {
  const at = entry.indexOf(' ');
  return [entry.slice(0, at), entry.slice(at + 1)];
}
