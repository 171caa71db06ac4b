import { randomBytes } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { z } from 'zod';
import { waitFor } from '#testing';
import { PASSWORD } from './support/customer.js';
import { useSystem } from './support/use-system.js';

const running = useSystem({ runners: 0 });

const Inbox = z.object({
  messages: z.array(z.object({ id: z.string(), subject: z.string(), text: z.string(), template_id: z.string() })),
});

async function mailsTo(address: string, template: string) {
  const answer = await fetch(`${running.system.url}/_inbox/messages?to=${encodeURIComponent(address)}`);
  return Inbox.parse(await answer.json()).messages.filter(({ template_id }) => template_id === template);
}

const signIn = (email: string, agent: string) =>
  running.system.api.request('POST', '/auth/login', { email, password: PASSWORD }, { 'user-agent': agent });

it('a sign-in from a new device ends as one mail in the local inbox, behind the gateway', async () => {
  const { system } = running;
  const email = `m${randomBytes(6).toString('hex')}@example.com`;
  const registration = { email, password: PASSWORD, name: 'Ada Lovelace' };
  await system.api.request('POST', '/auth/register', registration, { 'user-agent': 'curl/8.0' });
  expect((await signIn(email, 'curl/8.1')).status).toBe(200);
  expect((await signIn(email, 'Lynx/2.9')).status).toBe(200);
  const mails = await waitFor(async () => {
    const seen = await mailsTo(email, 'login_notification');
    return seen.length > 0 && seen;
  });
  expect(mails).toHaveLength(1);
  expect(mails[0]?.text).toMatch(/Hello Ada Lovelace,[\s\S]*Device: Lynx/);
  const page = await fetch(`${system.url}/_inbox/${mails[0]?.id ?? ''}`);
  expect(await page.text()).toContain('New sign-in to MyFusion Helper');
});

it('the reports of mail systems need a proof', async () => {
  expect((await running.system.api.post('/webhooks/ses', { hello: 'there' })).status).toBe(400);
  expect((await running.system.api.post('/webhooks/resend', { hello: 'there' })).status).toBe(401);
});
