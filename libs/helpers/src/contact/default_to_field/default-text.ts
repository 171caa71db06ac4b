import { DateTime } from 'luxon';
import type { ContactCrm } from '../../_kit/crm/contact-crm.js';
import { contactTokens } from '../../_kit/crm/contact-tokens.js';
import { mergeTokens, tokenNames } from '../../_kit/text/merge-tokens.js';

const SPELLINGS = ['double', 'at'] as const;
const TIME = 'yyyy-MM-dd HH:mm:ss';
const DATE = 'yyyy-MM-dd';

/**
 * The text that a default stands for: `now` and `today` alone, or tokens of the contact and the two date macros
 * inside a text. Unknown tokens stay. The contact is read only when a token asks for it.
 * @param zone IANA zone of the dates
 */
export async function defaultText(template: string, crm: ContactCrm, now: Date, zone: string): Promise<string> {
  const at = DateTime.fromJSDate(now, { zone });
  const time = at.toFormat(TIME);
  const date = at.toFormat(DATE);
  const alone = template.replaceAll('"', '').toLowerCase();
  if (alone === 'now') return time;
  if (alone === 'today') return date;
  const macros = new Map([
    ['date_now', time],
    ['date_today', date],
  ]);
  const names = tokenNames(template, SPELLINGS).filter((name) => !macros.has(name));
  const lookup = names.length === 0 ? () => undefined : await contactTokens(crm, names);
  return mergeTokens(template, (name) => macros.get(name) ?? lookup(name), { spellings: SPELLINGS, unknown: 'keep' });
}
