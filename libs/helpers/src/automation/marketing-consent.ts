import { z } from 'zod';
import type { RunContext } from '../_kit/run-context.js';

/** Why the status changes; what is no text counts as none. */
export const reasonOption = {
  reason: z.string().meta({ description: 'Reason, handed to the CRM', keepEmpty: true }).default(''),
};

/** A reason of any other type is left out. */
export function withTextualReason(given: Record<string, unknown>): Record<string, unknown> {
  const { reason, ...rest } = given;
  return typeof reason === 'string' ? given : rest;
}

/**
 * Changes the contact's e-mail marketing status.
 * @returns what was changed, when and why: the record of the execution is the proof of consent
 */
export async function changeConsent(
  { clock, crm, identity, remember }: RunContext<{ reason: string }>,
  optIn: boolean,
  reason: string,
): Promise<Record<string, unknown>> {
  const at = await remember('consent', () => Promise.resolve(clock.now().toISOString()));
  await crm.setOptInStatus(optIn, reason);
  return {
    consent: {
      kind: 'opt_in_status_changed',
      status: optIn ? 'opted_in' : 'opted_out',
      at,
      reason,
      source: identity.helperId,
    },
  };
}
