import { contactTokens } from '../../_kit/crm/contact-tokens.js';
import type { RunContext } from '../../_kit/run-context.js';
import { mergeTokens, tokenNames } from '../../_kit/text/merge-tokens.js';
import { atPath } from './triggering-event.js';

const INPUT = 'input.';

/** Fills the tokens of a URL from the contact and from the request's payload, each value percent-encoded. */
export async function fillUrl({ crm, input }: RunContext<unknown>, template: string): Promise<string> {
  const names = tokenNames(template).filter((name) => !name.startsWith(INPUT));
  const ofContact = names.length === 0 ? () => undefined : await contactTokens(crm, names);
  const lookup = (name: string): unknown =>
    name.startsWith(INPUT) ? atPath(input, name.slice(INPUT.length)) : ofContact(name);
  return mergeTokens(template, lookup, { context: 'url' });
}
