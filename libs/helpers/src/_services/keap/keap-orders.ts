import type { RunContext } from '../../_kit/run-context.js';
import { bearer, openService } from '../service-client.js';

/** Keap's order interface of the first version; the second one names its parts differently. */
const DEFAULT_BASE_URL = 'https://api.infusionsoft.com/crm/rest/v1';

export interface KeapOrder {
  contactId: number;
  productId: number;
  quantity: number;
  promoCodes: readonly string[];
  title: string;
  type: 'Online' | 'Offline';
  date: Date;
}

/** Connections know the address of the second version. */
const firstVersion = (baseUrl: string): string => baseUrl.replace(/\/+$/, '').replace(/\/v2$/, '/v1');

const instant = (date: Date): string => date.toISOString().replace(/\.\d{3}Z$/, 'Z');

const asText = (id: unknown): string | undefined =>
  typeof id === 'number' && Number.isFinite(id) ? String(id) : undefined;

/**
 * Opens the Keap account in which orders are made.
 * @param connectionId the helper's own CRM connection, used unless another one is chosen
 * @throws HelperFailure `service_not_connected`
 */
export async function openKeapOrders(
  context: Pick<RunContext<unknown>, 'http' | 'services' | 'crypto' | 'clock'>,
  connectionId: string | undefined,
) {
  const { baseUrl = DEFAULT_BASE_URL } = await context.services.connection('keap', connectionId);
  const url = `${firstVersion(baseUrl)}/orders`;
  const definition = { slug: 'keap', name: 'Keap', baseUrl, sign: bearer };
  const client = await openService(context, definition, connectionId);
  return {
    url,
    /** Not repeatable. @returns the order's id, '' when Keap tells none. @throws HelperFailure `upstream_error` */
    async create({ contactId, productId, quantity, promoCodes, title, type, date }: KeapOrder): Promise<string> {
      const answer = await client.call({
        method: 'POST',
        path: url,
        json: {
          contact_id: contactId,
          order_title: title,
          order_type: type,
          order_date: instant(date),
          order_items: [{ product_id: productId, quantity }],
          ...(promoCodes.length > 0 && { promo_codes: promoCodes }),
        },
      });
      const { id, order_id: orderId } = answer.json();
      return asText(id) ?? asText(orderId) ?? '';
    },
  };
}
