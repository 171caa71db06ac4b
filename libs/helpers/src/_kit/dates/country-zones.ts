import { IANAZone } from 'luxon';

/** Names that people write and that are not the English display name. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  usa: 'US',
  'u.s.': 'US',
  'u.s.a.': 'US',
  'united states of america': 'US',
  america: 'US',
  uk: 'GB',
  'u.k.': 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  'czech republic': 'CZ',
  holland: 'NL',
  'the netherlands': 'NL',
  turkey: 'TR',
  deutschland: 'DE',
  españa: 'ES',
  'south korea': 'KR',
  uae: 'AE',
};

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

let names: ReadonlyMap<string, string> | undefined;

/** Codes of former countries stand for their successors and have the same names. */
const isCurrent = (code: string): boolean => new Intl.Locale(`und-${code}`).region === code;

function englishNames(): ReadonlyMap<string, string> {
  const display = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const codes = LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).filter(isCurrent);
  return new Map(
    codes.flatMap((code) => {
      const name = display.of(code)?.toLowerCase();
      return name === undefined ? [] : [[name, code] as const];
    }),
  );
}

/**
 * ISO code of a country given by code or English name.
 * @returns null when it is not known
 */
export function countryCode(country: string): string | null {
  const text = country.trim().toLowerCase();
  if (text === '') return null;
  names ??= englishNames();
  const named = OTHER_NAMES[text] ?? names.get(text);
  if (named !== undefined) return named;
  return [...names.values()].find((code) => code.toLowerCase() === text) ?? null;
}

/** Newer JavaScript than its types: the zones of a region. */
interface LocaleWithZones {
  getTimeZones?: () => readonly string[] | undefined;
}

const offsets = (zone: string, year: number): string =>
  [0, 6].map((month) => IANAZone.create(zone).offset(Date.UTC(year, month, 1))).join();

/**
 * The zone of a country in which all clocks show the same.
 * @param code ISO code
 * @param year in which they must
 * @returns null when it has several, or is not known
 */
export function zoneOfCountry(code: string, year: number): string | null {
  if (!/^[A-Z]{2}$/.test(code)) return null;
  const zones = (new Intl.Locale(`und-${code}`) as LocaleWithZones).getTimeZones?.() ?? [];
  const [first, ...others] = zones.filter((zone) => IANAZone.isValidZone(zone));
  if (first === undefined) return null;
  return others.every((zone) => offsets(zone, year) === offsets(first, year)) ? first : null;
}
