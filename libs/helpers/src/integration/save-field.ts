import type { ContactCrm } from '../_kit/crm/contact-crm.js';
import type { RunContext } from '../_kit/run-context.js';
import { stopsRun, toRunFailure } from '../_kit/run-failure.js';

/** Saves what a service answered; a refusal is a warning, because the service has done its part. */
export async function saveField(
  { crm, warn }: Pick<RunContext<unknown>, 'warn'> & { crm: ContactCrm },
  field: string | undefined,
  value: string,
): Promise<boolean> {
  if (field === undefined || value === '') return false;
  try {
    await crm.writeField(field, value);
    return true;
  } catch (error) {
    if (stopsRun(error)) throw error;
    warn(`Field ${field} could not be written: ${toRunFailure(error).message}`);
    return false;
  }
}
