import { afterEach, expect, test } from '@jest/globals';
import { FakeService, type ArrivedRequest, type FakeAnswer } from '#helper-testing';
import { verifyAddress } from './klean13-client.js';

/** The verifier: knows a few mailboxes. */
function klean13({ method, origin, path, headers, body }: ArrivedRequest): FakeAnswer {
  if (method !== 'POST' || `${origin}${path}` !== 'https://app.klean13.com/api/validate-one') return { status: 404 };
  if (headers['authorization'] !== 'Bearer key') return { status: 401, body: { error: 'unauthorized' } };
  const { email } = JSON.parse(body) as { email: string };
  if (email === 'down@example.com') return { status: 503, body: 'x' };
  if (email === 'odd@example.com') return { status: 200, body: { email, result: 'valid' } };
  if (email === 'full@example.com') {
    return { status: 200, body: { email, result: 'valid', reason: 'mailbox_full', deliverable: false } };
  }
  return { status: 200, body: { email, result: 'catch-all', reason: 'accept_all', deliverable: true } };
}

let service: FakeService;
afterEach(() => service.stop());

async function verify(email: string, key = 'key') {
  service = await FakeService.start(klean13);
  return verifyAddress(service.http, key, email);
}

test('only deliverable and valid is valid', async () => {
  expect(await verify('full@example.com')).toEqual({ valid: false, reason: 'mailbox_full', deliverable: false });
  await service.stop();
  expect(await verify('any@example.com')).toEqual({ valid: false, reason: 'accept_all', deliverable: true });
});

test.each([
  ['down@example.com', 'key', { code: 'upstream_error', failureClass: 'retry' }],
  ['odd@example.com', 'key', { code: 'bad_response', failureClass: 'give_up' }],
  ['any@example.com', 'sesame', { code: 'upstream_error', failureClass: 'give_up' }],
])('%s by %s fails', async (email, key, failure) => {
  await expect(verify(email, key)).rejects.toMatchObject(failure);
});
