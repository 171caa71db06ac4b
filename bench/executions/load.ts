import autocannon from 'autocannon';
import { Agent, request } from 'undici';
import { someContact, type Product } from './product.js';
import { CONNECTIONS } from './settings.js';

/** Milliseconds from when a request was due to its 202. */
export interface AcceptLatencies {
  acceptP50: number;
  acceptP99: number;
}

const headersOf = (product: Product) => ({ 'content-type': 'application/json', 'x-api-key': product.key });
const someBody = (): string => JSON.stringify({ contact_id: someContact() });

/** Asks for executions for some seconds, as many as fifty connections can. @returns how many were not accepted */
export async function fullLoad(product: Product, seconds: number): Promise<number> {
  const result = await autocannon({
    url: product.executeUrl,
    connections: CONNECTIONS,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        headers: headersOf(product),
        setupRequest: (request) => ({ ...request, body: someBody() }),
      },
    ],
  });
  return result.non2xx + result.errors + result.timeouts;
}

/**
 * Asks for executions at a rate, each when its time has come whether or not earlier ones were answered, as customers
 * who know nothing of each other do.
 * @param rate executions a second
 * @throws Error when one is not accepted
 */
export async function steadyLoad(product: Product, seconds: number, rate: number): Promise<AcceptLatencies> {
  const dispatcher = new Agent({ connections: CONNECTIONS, pipelining: 1 });
  const waits: number[] = [];
  const ask = async (due: number): Promise<void> => {
    const options = { method: 'POST', headers: headersOf(product), body: someBody(), dispatcher } as const;
    const { statusCode, body } = await request(product.executeUrl, options);
    await body.dump();
    if (statusCode !== 202) throw new Error(`An execution was answered ${statusCode}`);
    waits.push(performance.now() - due);
  };
  const asked: Promise<void>[] = [];
  const begun = performance.now();
  for (let due = begun; due < begun + seconds * 1000; due += -Math.log(1 - Math.random()) * (1000 / rate)) {
    const early = due - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    asked.push(ask(due));
  }
  await Promise.all(asked);
  await dispatcher.close();
  waits.sort((a, b) => a - b);
  const at = (share: number): number => Math.round((waits[Math.floor(waits.length * share)] ?? 0) * 10) / 10;
  return { acceptP50: at(0.5), acceptP99: at(0.99) };
}
