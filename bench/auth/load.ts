import autocannon from 'autocannon';
import { setTimeout as until } from 'node:timers/promises';
import { Agent, request } from 'undici';

const CONNECTIONS = 50;

/** Requests a second of fifty connections. @throws Error when one is refused */
export async function requestsPerSecond(
  url: string,
  headers: Record<string, string>,
  seconds: number,
): Promise<number> {
  const result = await autocannon({ url, headers, connections: CONNECTIONS, duration: seconds });
  const failed = result.non2xx + result.errors + result.timeouts;
  if (failed > 0) throw new Error(`${failed} requests to ${url} failed`);
  return result['2xx'] / result.duration;
}

export interface Person {
  email: string;
  password: string;
}

/** Sign-ins a second while so many people wait for theirs. @throws Error when one is refused */
export async function signInsPerSecond(
  url: string,
  people: readonly Person[],
  { waiting, seconds }: { waiting: number; seconds: number },
): Promise<number> {
  const result = await autocannon({
    url,
    connections: waiting,
    duration: seconds,
    timeout: 120,
    requests: people.map((person) => ({
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(person),
    })),
  });
  const failed = result.non2xx + result.errors + result.timeouts;
  if (failed > 0) throw new Error(`${failed} sign-ins failed`);
  return result['2xx'] / result.duration;
}

/** The 99th percentile of answers, in milliseconds, to requests at a steady rate whether or not earlier ones are done. */
export async function p99(url: string, { rate, seconds }: { rate: number; seconds: number }): Promise<number> {
  const dispatcher = new Agent({ connections: CONNECTIONS, pipelining: 1 });
  const waits: number[] = [];
  const ask = async (due: number): Promise<void> => {
    const { statusCode, body } = await request(url, { dispatcher });
    await body.dump();
    if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}`);
    waits.push(performance.now() - due);
  };
  const asked: Promise<void>[] = [];
  const begun = performance.now();
  for (let due = begun; due < begun + seconds * 1000; due += 1000 / rate) {
    const early = due - performance.now();
    if (early > 0) await until(early);
    asked.push(ask(due));
  }
  await Promise.all(asked);
  await dispatcher.close();
  waits.sort((one, other) => one - other);
  return waits[Math.floor(waits.length * 0.99)] ?? 0;
}
