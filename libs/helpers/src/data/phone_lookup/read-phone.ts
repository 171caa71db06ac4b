import type { PhoneNumber } from 'libphonenumber-js/max';

/** The numbering plans of all countries with the kinds of their ranges: large, and only loaded when needed. */
const numberingPlans = () => import('libphonenumber-js/max');

/** A text as a phone number, or why it is none. */
export interface ReadPhone {
  valid: boolean;
  /** Bare Latin digits, as far as they were written so, without the extension; empty when there are none. */
  digits: string;
  e164: string;
  national: string;
  /** The number's own country (ISO), which a prefix may say; empty when it is not known. */
  country: string;
  /** Such as MOBILE or FIXED_LINE; empty when the number cannot tell. */
  type: string;
  extension: string;
  /** Whether the numbering plan has given the number's range to somebody. */
  assigned: boolean;
}

const SPELLINGS: Readonly<Record<string, string>> = { UK: 'GB' };

const digitsOf = (text: string): string => text.normalize('NFKC').replace(/\D/g, '');

/** North American area codes begin with 2 to 9. */
const NORTH_AMERICAN = /^[2-9]\d{9}$/;

const fits = (phone: PhoneNumber): boolean =>
  phone.isPossible() && (phone.countryCallingCode !== '1' || NORTH_AMERICAN.test(phone.nationalNumber));

function unread(digits: string, valid: boolean): ReadPhone {
  return { valid, digits, e164: '', national: '', country: '', type: '', extension: '', assigned: false };
}

/** ISO code of a country option, in any letter case; unknown ones are left as they are. */
export function countryOf(option: string): string {
  const code = option.trim().toUpperCase();
  return SPELLINGS[code] ?? code;
}

/**
 * Reads a phone number by the numbering plan of its country. A number counts when its length and shape can exist;
 * whether its range is in use is told beside that. Where the plan of a country is not known, 7 to 15 digits count.
 * @param country ISO code, for numbers without an international prefix
 */
export async function readPhone(text: string, country: string): Promise<ReadPhone> {
  const { isSupportedCountry, parsePhoneNumberFromString } = await numberingPlans();
  const known = isSupportedCountry(country) ? country : undefined;
  const phone = parsePhoneNumberFromString(text, {
    extract: false,
    ...(known === undefined ? {} : { defaultCountry: known }),
  });
  const digits = digitsOf(text);
  if (phone === undefined) return unread(digits, known === undefined && /^\d{7,15}$/.test(digits));
  const extension = phone.ext ?? '';
  const written = extension !== '' && digits.endsWith(extension) ? digits.slice(0, -extension.length) : digits;
  return {
    valid: fits(phone),
    // Digits of other scripts are read, but not found in the text as it is written.
    digits: written === '' ? phone.nationalNumber : written,
    e164: phone.number,
    national: phone.formatNational().replace(/ (?:ext\.|x|#) ?\d+$/, ''),
    country: phone.country ?? known ?? '',
    type: phone.getType() ?? '',
    extension,
    assigned: phone.isValid(),
  };
}
