import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';

/**
 * A number as people write it, in the form that telephone networks take: `+` and digits.
 * @param country whose numbers are written without `+`
 * @returns null when it cannot be a number
 */
export function internationalNumber(text: string, country: CountryCode): string | null {
  const number = parsePhoneNumberFromString(text, country);
  return number?.isPossible() === true ? number.number : null;
}
