import type { NormalizedContact } from '#connectors';
import { contactField } from '../../_kit/crm/contact-fields.js';
import { fieldText } from '../../_kit/text/field-text.js';

const COMPARISONS: Readonly<Record<string, (value: string, term: string) => boolean>> = {
  exact: (value, term) => value === term,
  contains: (value, term) => value.includes(term),
  starts_with: (value, term) => value.startsWith(term),
};

/**
 * Tells whether any of the fields of a contact matches. Letter case does not count; the term is taken literally.
 * @param mode one that is not known matches nothing
 */
export function contactMatcher(term: string, fields: readonly string[], mode: string) {
  const wanted = term.toLowerCase();
  const compare = Object.hasOwn(COMPARISONS, mode) ? COMPARISONS[mode] : undefined;
  return (contact: NormalizedContact): boolean =>
    compare !== undefined &&
    fields.some((field) => {
      const value = contactField(contact, field);
      return value !== undefined && compare(fieldText(value).toLowerCase(), wanted);
    });
}
