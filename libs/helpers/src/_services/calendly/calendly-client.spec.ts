import { afterEach, expect, test } from '@jest/globals';
import { FakeService, type ArrivedRequest, type FakeAnswer } from '#helper-testing';
import { createSchedulingLink } from './calendly-client.js';

const EVENT_TYPE = 'https://api.calendly.com/event_types/AAA';

/** Calendly: one token, one event type. */
function calendly({ method, origin, path, headers, body }: ArrivedRequest): FakeAnswer {
  if (method !== 'POST' || `${origin}${path}` !== 'https://api.calendly.com/scheduling_links') return { status: 404 };
  if (headers['authorization'] !== 'Bearer pat') {
    return { status: 401, body: { title: 'Unauthenticated', message: 'The access token is invalid' } };
  }
  const { owner, ...rest } = JSON.parse(body) as Record<string, unknown>;
  if (rest['owner_type'] !== 'EventType' || rest['max_event_count'] !== 1) {
    return { status: 400, body: { title: 'Invalid Argument', message: 'The supplied parameters are invalid.' } };
  }
  if (owner === `${EVENT_TYPE}/unreadable`) return { status: 201, body: { resource: {} } };
  if (owner !== EVENT_TYPE) return { status: 404, body: { title: 'Resource Not Found', message: 'Unknown owner' } };
  const resource = { booking_url: 'https://calendly.com/d/abcd-123/call', owner, owner_type: 'EventType' };
  return { status: 201, body: { resource } };
}

let service: FakeService;
afterEach(() => service.stop());

async function linkFor(token: string, eventType: string): Promise<string> {
  service = await FakeService.start(calendly);
  return createSchedulingLink(service.http, token, eventType);
}

test('a link for one booking is made', async () => {
  expect(await linkFor('pat', EVENT_TYPE)).toBe('https://calendly.com/d/abcd-123/call');
});

test.each([
  ['other', EVENT_TYPE, { code: 'upstream_error', message: expect.stringContaining('Unauthenticated') }],
  ['pat', `${EVENT_TYPE}/gone`, { code: 'upstream_error', message: expect.stringContaining('Unknown owner') }],
  ['pat', `${EVENT_TYPE}/unreadable`, { code: 'bad_response' }],
])('%s for %s is refused', async (token, eventType, failure) => {
  await expect(linkFor(token, eventType)).rejects.toMatchObject({ failureClass: 'give_up', ...failure });
});
