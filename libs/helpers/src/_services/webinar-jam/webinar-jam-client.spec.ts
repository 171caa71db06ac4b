import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { servicePorts, FakeService } from '#helper-testing';
import { EVER_WEBINAR, openWebinarJam, WEBINAR_JAM } from './webinar-jam-client.js';

let server: FakeService;

beforeAll(async () => {
  server = await FakeService.start(({ method, path, headers, body }) => {
    const form = Object.fromEntries(new URLSearchParams(body));
    if (method !== 'POST' || headers['content-type'] !== 'application/x-www-form-urlencoded') return { status: 405 };
    if (form['api_key'] !== 'wk') return { status: 401, body: 'Unauthorized' };
    const [, product, action] = path.split('/');
    if (form['webinar_id'] !== '5') return { body: { status: 'error', errors: { webinar_id: 'unknown' } } };
    if (action === 'webinar') {
      const schedules = [{ schedule: 4, date: '2026-01-20 18:00', comment: '' }];
      return { body: { status: 'success', webinar: { webinar_id: 5, timezone: 'Europe/Paris', schedules } } };
    }
    const user = { user_id: 77, schedule: Number(form['schedule']), live_room_url: `https://${product}/live/5` };
    return { body: { status: 'success', user } };
  });
});
afterAll(() => server.stop());

describe.each([WEBINAR_JAM, EVER_WEBINAR])('$name', (product) => {
  const open = (key = 'wk') => openWebinarJam(servicePorts({ [product.slug]: { api_key: key } }, server.http), product);

  test('tells the schedules', async () => {
    expect(await (await open()).schedules('5')).toEqual({
      timezone: 'Europe/Paris',
      schedules: [{ schedule: '4', date: '2026-01-20 18:00' }],
    });
  });

  test('registers at its own address', async () => {
    const registration = await (await open()).register({ webinar_id: '5', email: 'a+b@x.io', schedule: '4' });
    expect(registration).toMatchObject({ userId: '77', schedule: '4', joinUrl: `https://${product.slug}/live/5` });
    expect(server.arrived.at(-1)).toMatchObject({
      origin: 'https://api.webinarjam.com',
      path: `/${product.slug}/register`,
    });
  });

  test('a refusal inside a successful answer is a refusal', async () => {
    const client = await open();
    await expect(client.schedules('6')).rejects.toMatchObject({ code: 'upstream_error', nothingDone: true });
  });

  test('a wrong key is said without the key', async () => {
    const client = await open('wrong');
    await expect(client.schedules('5')).rejects.toMatchObject({
      failureClass: 'give_up',
      message: expect.not.stringContaining('wrong') as unknown,
    });
  });
});
