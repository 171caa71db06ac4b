/** States of `bulk_mail`. Only the first two are anybody's to set; the others are the vendor's findings. */
const OPTED_OUT = '0';
const OPTED_IN = '1';
const CONFIRMED = '2';

const FINDINGS: Readonly<Record<string, string>> = {
  '-2': 'mail to its address has bounced',
  '-5': 'its address is under review',
};

/**
 * What to write so that a contact gets mail to many, or gets none.
 * @returns undefined when there is nothing to write
 */
export function consentToWrite(state: string | undefined, optIn: boolean): { bulk_mail: string } | undefined {
  const now = state ?? '';
  const isIn = now === OPTED_IN || now === CONFIRMED;
  const isOut = now === OPTED_OUT || FINDINGS[now] !== undefined;
  if (optIn ? isIn : isOut) return undefined;
  return { bulk_mail: optIn ? OPTED_IN : OPTED_OUT };
}

/** Why a contact in this state cannot be opted in; undefined when it can. */
export function whyNotOptedIn(state: string | undefined): string | undefined {
  const finding = FINDINGS[state ?? ''];
  return finding === undefined ? undefined : `Ontraport sends no mail to the contact: ${finding}`;
}
