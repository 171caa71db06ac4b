import { HelperFailure } from '../../_kit/helper-failure.js';
import type { RunContext } from '../../_kit/run-context.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { openService, pathSegment, type ServiceDefinition } from '../service-client.js';

export interface FacebookLead {
  id: string;
  formId: string;
  /** Answers by the name of their field. */
  fields: Record<string, string>;
}

const FACEBOOK: ServiceDefinition = {
  slug: 'facebook',
  name: 'Facebook',
  baseUrl: 'https://graph.facebook.com/v24.0',
  sign({ accessToken, apiKey, apiSecret }, crypto) {
    const token = accessToken ?? apiKey;
    if (token === undefined) return null;
    return {
      headers: { Authorization: `Bearer ${token}` },
      // With the app's secret at hand, a stolen token alone is worth nothing.
      ...(apiSecret === undefined ? {} : { query: { appsecret_proof: crypto.hmacSha256(apiSecret, token, 'hex') } }),
    };
  },
};

function answersIn(list: unknown): Record<string, string> {
  const entries: unknown[] = Array.isArray(list) ? list : [];
  return Object.fromEntries(
    entries.flatMap((entry) => {
      const { name, values } = (entry ?? {}) as { name?: unknown; values?: unknown };
      const texts = Array.isArray(values) ? values.filter((value) => typeof value === 'string') : [];
      return typeof name === 'string' && name !== '' ? [[name, texts.join(', ')] as const] : [];
    }),
  );
}

/**
 * Fetches what somebody has filled in.
 * @throws HelperFailure `service_not_connected`, `upstream_error`, `bad_response` when there are no answers
 */
export async function fetchLead(
  context: Pick<RunContext<unknown>, 'http' | 'services' | 'crypto' | 'clock'>,
  leadId: string,
): Promise<FacebookLead> {
  const client = await openService(context, FACEBOOK);
  const query = { fields: 'id,created_time,field_data,form_id' };
  const lead = (await client.call({ method: 'GET', path: pathSegment(leadId), query })).json();
  const fields = answersIn(lead['field_data']);
  if (Object.keys(fields).length === 0) {
    throw new HelperFailure('bad_response', 'give_up', 'Facebook knows no answers of this lead.');
  }
  return { id: leadId, formId: fieldText(lead['form_id']), fields };
}
