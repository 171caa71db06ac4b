import { Stripe } from 'stripe';

type Http = ReturnType<typeof Stripe.createNodeHttpClient>;

/**
 * Stripe's own way to send requests, but for one thing: where the other side ends a connection, the library sends the
 * request again whatever it was told about retries. How often something is tried is our rule alone.
 */
export function onceOnlyHttp(): Http {
  const http = Stripe.createNodeHttpClient();
  const send = http.makeRequest.bind(http);
  http.makeRequest = async (...request) => {
    try {
      return await send(...request);
    } catch (error) {
      // It knows an ended connection by the code of the error.
      throw isClosed(error) ? new Error(error.message, { cause: error }) : error;
    }
  };
  return http;
}

const CLOSED: readonly string[] = ['ECONNRESET', 'EPIPE'];
const isClosed = (error: unknown): error is Error & { code: string } =>
  typeof error === 'object' && error !== null && 'code' in error && CLOSED.includes(String(error.code));
