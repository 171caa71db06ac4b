import type { CountryCode } from 'libphonenumber-js';

/** Loaded with the first number: the rules of all countries are large. */
const library = () => import('libphonenumber-js');

let made: Intl.DisplayNames | undefined;

/** Made with the first country: it takes longer than loading all helper types of a category. */
function regions(): Intl.DisplayNames {
  made ??= new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  return made;
}

/** Whether a text is the two-letter code of a country. */
export const isCountry = (code: string): boolean =>
  /^[A-Z]{2}$/.test(code) && code !== 'ZZ' && regions().of(code) !== undefined;

/**
 * A number as people write it, in the form that telephone networks take: `+` and digits.
 * @param country whose numbers are written without `+`
 * @returns null when it cannot be a number
 */
export async function internationalNumber(text: string, country: string): Promise<string | null> {
  const { parsePhoneNumberFromString } = await library();
  const number = parsePhoneNumberFromString(text, country as CountryCode);
  return number?.isPossible() === true ? number.number : null;
}
