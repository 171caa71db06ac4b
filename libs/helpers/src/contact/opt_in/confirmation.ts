import { HelperFailure } from '../../_kit/helper-failure.js';
import { contactTokens } from '../../_kit/crm/contact-tokens.js';
import type { RunContext } from '../../_kit/run-context.js';
import { mergeTokens, tokenNames } from '../../_kit/text/merge-tokens.js';
import { LINK_TOKEN, type OptInConfig } from './opt-in.config.js';

type Context = RunContext<OptInConfig>;

const LIFE_SECONDS = 7 * 24 * 60 * 60;

/** What the confirmation page hands over when the contact confirms. */
interface Confirmation {
  /** The execution that sent the message. */
  request: string;
  confirmedAt: string;
  /** Network address of the person who confirmed. */
  source: string;
}

const stateKey = ({ identity }: Context, request: string): string =>
  `opt_in:${identity.helperId}:${identity.contactId ?? ''}:${request}`;

/** The confirmation that a run is about; null for a run that asks or opts in at once. */
export function confirmationIn(input: Record<string, unknown>): Confirmation | null {
  const given = input['opt_in_confirmation'];
  if (typeof given !== 'object' || given === null) return null;
  const { request, confirmed_at: confirmedAt, source } = given as Record<string, unknown>;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return { request: text(request), confirmedAt: text(confirmedAt), source: text(source) };
}

/**
 * Checks that this contact was asked at this address.
 * @throws HelperFailure `confirmation_unknown`, `address_changed` (give up)
 */
export async function requireRequest(context: Context, confirmation: Confirmation, email: string): Promise<void> {
  const asked = await context.state.read(stateKey(context, confirmation.request));
  if (asked === null) {
    const message = 'No confirmation is awaited under this link: it is too old, or was made for somebody else.';
    throw new HelperFailure('confirmation_unknown', 'give_up', message);
  }
  if (asked.toLowerCase() !== email.toLowerCase()) {
    const message = 'The address of the contact has changed since it was asked to confirm; ask again.';
    throw new HelperFailure('address_changed', 'give_up', message);
  }
}

async function messageFor({ config, crm }: Context, link: string): Promise<{ subject: string; body: string }> {
  const { confirmation_subject: subject, confirmation_message: message } = config;
  const body = tokenNames(message).includes(LINK_TOKEN) ? message : `${message}\n\n{{${LINK_TOKEN}}}`;
  const names = tokenNames(`${subject}\n${body}`).filter((name) => name !== LINK_TOKEN);
  const lookup = names.length === 0 ? () => undefined : await contactTokens(crm, names);
  const value = (name: string): unknown => (name === LINK_TOKEN ? link : lookup(name));
  return { subject: mergeTokens(subject, lookup, { context: 'header' }), body: mergeTokens(body, value) };
}

/** Sends the message with the signed link, and keeps what the confirmation will be checked against. */
export async function askForConfirmation(context: Context, email: string): Promise<void> {
  const { clock, effect, identity, links, mail, remember, state } = context;
  const { executionId: request, accountId, helperId, contactId } = identity;
  const key = stateKey(context, request);
  const keepUntil = new Date(clock.now().getTime() + LIFE_SECONDS * 1000);
  await effect(
    { step: 'await', operation: 'keepState', target: key, summary: 'Await the confirmation' },
    async () => void (await state.compareAndSet({ key, expected: null, next: email, keepUntil })),
  );
  // Remembered, so that a message sent again is the same one.
  const { subject, body } = await remember('message', async () => {
    const claims = {
      page: 'opt_in',
      account_id: accountId,
      helper_id: helperId,
      contact_id: contactId,
      request,
      email,
    };
    return messageFor(context, await links.sign('page', claims, { expiresInSeconds: LIFE_SECONDS }));
  });
  await effect(
    { step: 'ask', operation: 'sendMail', target: email, summary: 'Ask for confirmation' },
    (idempotencyKey) => mail.send({ to: email, subject, body, contentType: 'text/plain' }, idempotencyKey),
  );
}
