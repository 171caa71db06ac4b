const SEPARATORS = /[\s().-]/g;

/**
 * A phone number in international form without separators.
 * @returns undefined when it does not start with `+` or is no number
 */
export function normalPhoneNumber(text: string): string | undefined {
  const number = text.replace(SEPARATORS, '');
  return /^\+\d{5,15}$/.test(number) ? number : undefined;
}
