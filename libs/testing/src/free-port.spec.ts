import { expect, it } from '@jest/globals';
import { createServer } from 'node:net';
import { freePort } from './free-port.js';

it('tells ports once, of the share of its suite', async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, freePort));
  expect(new Set(ports).size).toBe(50);
  expect(Math.max(...ports) - Math.min(...ports)).toBeLessThan(2_000);
});

it('leaves out a port that is taken', async () => {
  const before = await freePort();
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(before + 1, '127.0.0.1', resolve));
  expect(await freePort()).not.toBe(before + 1);
  await new Promise((resolve) => taken.close(resolve));
});
