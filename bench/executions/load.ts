import autocannon from 'autocannon';
import { someContact, type Product } from './product.js';
import { CONNECTIONS } from './settings.js';

export interface LoadResult {
  accepted: number;
  refused: number;
  /** Milliseconds from request to 202. */
  acceptP50: number;
  acceptP99: number;
}

/** Asks for executions for some seconds. @param rate executions a second; as many as possible when absent */
export async function load(product: Product, seconds: number, rate?: number): Promise<LoadResult> {
  const result = await autocannon({
    url: product.executeUrl,
    connections: CONNECTIONS,
    duration: seconds,
    ...(rate !== undefined && { overallRate: Math.max(CONNECTIONS, Math.round(rate)) }),
    requests: [
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': product.key },
        setupRequest: (request) => ({ ...request, body: JSON.stringify({ contact_id: someContact() }) }),
      },
    ],
  });
  return {
    accepted: result['2xx'],
    refused: result.non2xx + result.errors + result.timeouts,
    acceptP50: result.latency.p50,
    acceptP99: result.latency.p99,
  };
}
