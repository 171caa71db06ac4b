import { expect, it } from '@jest/globals';
import { waitFor } from './wait-for.js';

it('returns what the look returned once it is there', async () => {
  let looks = 0;
  const seen = await waitFor(() => (++looks === 3 ? { looks } : undefined), { everyMs: 1 });
  expect(seen).toEqual({ looks: 3 });
});

it('treats zero and the empty text as there', async () => {
  expect(await waitFor(() => 0)).toBe(0);
  expect(await waitFor(() => '')).toBe('');
});

it('names what it waited for, and why the last look failed', async () => {
  const waiting = waitFor(() => Promise.reject(new Error('refused')), {
    deadlineMs: 5,
    everyMs: 1,
    what: 'the door to open',
  });
  await expect(waiting).rejects.toMatchObject({
    message: 'Waited 5 ms in vain for the door to open.',
    cause: new Error('refused'),
  });
});
