import { environment } from '../testing/environment.js';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freePort, startServiceProcess, type ServiceProcess } from '#testing';

/** Two processes on one database, as two pods are: whatever they count, they must count it together. */
let processes: ServiceProcess[] = [];
let urls: string[] = [];

beforeAll(async () => {
  const ports = [await freePort(), await freePort()];
  urls = ports.map((port) => `http://127.0.0.1:${port}`);
  processes = await Promise.all(
    ports.map((port, index) =>
      startServiceProcess({
        app: 'identity',
        url: urls[index] ?? '',
        startDeadlineMs: 60_000,
        env: {
          MFH_IDENTITY_PORT: String(port),
          MFH_HOST: '127.0.0.1',
          AUTH_MAIL_PER_EMAIL: '7/1h',
          AUTH_MAIL_INTERVAL: '1000/1s',
          AUTH_LOGIN_PER_EMAIL_AND_IP: '1000/1h',
          AUTH_LOGIN_PER_EMAIL: '200/15m',
        },
      }),
    ),
  );
});
afterAll(async () => {
  await Promise.all(processes.map((process) => process.stop()));
  await environment.dispose();
});

async function times(count: number, path: string, body: object): Promise<number[]> {
  const calls = Array.from({ length: count }, (_, index) =>
    fetch(`${urls[index % 2]}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );
  return (await Promise.all(calls)).map(({ status }) => status);
}
const of = (statuses: number[], status: number) => statuses.filter((one) => one === status).length;

it('lock an address after ten wrong passwords, however many are tried at once and where', async () => {
  const guesses = await times(40, '/auth/login', { email: 'target@example.test', password: 'Wrong-Horse-7' });
  expect([of(guesses, 401), of(guesses, 429)]).toEqual([10, 30]);
});

it('let through as many mails as the limit says', async () => {
  const mails = await times(30, '/auth/forgot-password', { email: 'mails@example.test' });
  expect([of(mails, 200), of(mails, 429)]).toEqual([7, 23]);
});

it('look at five codes of an address', async () => {
  const body = { email: 'codes@example.test', code: '123456', new_password: 'Another-Horse-8' };
  const codes = await times(30, '/auth/reset-password', body);
  expect([of(codes, 400), of(codes, 429)]).toEqual([5, 25]);
});
