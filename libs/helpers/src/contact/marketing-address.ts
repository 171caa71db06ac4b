import type { RunContext } from '../_kit/run-context.js';
import type { RunFailure } from '../_kit/run-failure.js';
import { readEmailAddress } from '../_kit/text/email-address.js';
import { fieldText } from '../_kit/text/field-text.js';

/** An address whose status can be changed, or why there is none. */
export type MarketingAddress = { ok: true; email: string } | { ok: false; failure: RunFailure };

const MAIN = 'email';

const refused = (code: string, message: string): MarketingAddress => ({
  ok: false,
  failure: { code, class: 'give_up', message },
});

/**
 * Reads the address that a marketing status is about. CRMs keep that status for the contact's main address, so a
 * different one is warned about.
 */
export async function readAddress(
  { crm, warn }: Pick<RunContext<unknown>, 'crm' | 'warn'>,
  field: string,
): Promise<MarketingAddress> {
  const email = fieldText(await crm.readField(field)).trim();
  if (email === '') return refused('no_email_address', `The contact has no address in the field ${field}.`);
  if (readEmailAddress(email) === null) {
    return refused('invalid_email_address', `What the field ${field} holds is no e-mail address.`);
  }
  if (field.toLowerCase() !== MAIN) {
    const main = fieldText(await crm.readField(MAIN)).trim();
    if (main.toLowerCase() !== email.toLowerCase()) {
      warn(`The CRM keeps one status for a contact; it applies to the main address, not to the one in ${field}.`);
    }
  }
  return { ok: true, email };
}
