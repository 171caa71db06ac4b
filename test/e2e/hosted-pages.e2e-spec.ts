import { describe, expect, it } from '@jest/globals';
import type { HostedLinks as Links, LinkKind, LinkLife } from '#hosted-links';
import { newHelper } from './support/customer.js';
import { useSystem } from './support/use-system.js';

const running = useSystem({ env: { MFH_LIMITS: 'standard' } });
const CONTACT = '1007';

async function signed(kind: LinkKind, claims: Record<string, unknown>, life?: LinkLife): Promise<string> {
  const { hostedLinksFromEnvironment } = await import('#hosted-links');
  const links: Links = hostedLinksFromEnvironment({ MFH_PUBLIC_URL: running.system.url });
  return links.sign(kind, claims, new Date(), life);
}

const get = (url: string, accept = '*/*') => fetch(url, { redirect: 'manual', headers: { accept } });
const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

describe('a countdown', () => {
  it('is a picture for mails, a page for browsers, data for programs, and never kept', async () => {
    const url = await signed('timer', { expires_at: inSeconds(3600), bg_color: '#112233' });
    const picture = await get(url);
    expect(picture.headers.get('content-type')).toBe('image/gif');
    expect(picture.headers.get('cache-control')).toContain('no-store');
    expect(
      Buffer.from(await picture.arrayBuffer())
        .subarray(0, 6)
        .toString(),
    ).toBe('GIF89a');
    const page = await get(url, 'text/html,application/xhtml+xml,*/*;q=0.8');
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('data-unit="hours"');
    const data = (await (await get(`${url}&format=json`)).json()) as { seconds_left: number; expired: boolean };
    expect(data.expired).toBe(false);
    expect(data.seconds_left).toBeGreaterThan(3590);
  });

  it('shows zero when it is over, until its link ends', async () => {
    const over = await signed('timer', { expires_at: inSeconds(-60) });
    expect(await (await get(`${over}&format=json`)).json()).toMatchObject({ expired: true, seconds_left: 0, days: 0 });
    expect((await get(over)).status).toBe(200);
    expect((await get(await signed('timer', { expires_at: 1 }, { expiresAt: new Date(0) }))).status).toBe(410);
    expect((await get(`${over}x`)).status).toBe(404);
    expect((await get(over.replace('/timer?t=', '/t/'))).status).toBe(404);
  });
});

describe('a redirect', () => {
  it('leads to the address that was signed and to no other', async () => {
    const url = await signed('redirect', { url: 'https://example.com/offer?a=1' });
    const answer = await get(`${url}?url=https://evil.example/&target=https://evil.example/`);
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('https://example.com/offer?a=1');
    expect((await get(await signed('redirect', { url: 'javascript:alert(1)' }))).status).toBe(404);
    expect((await get(await signed('page', { url: 'https://example.com/' }))).status).toBe(404);
  });
});

describe('a page', () => {
  it('reports how far a video was watched as the input of the helper, once a step', async () => {
    const { api, accountId } = running.customer;
    const helper = await newHelper(running.customer, 'note_it', { body: 'Watched', subject: 'Video' });
    const link = await signed('video', {
      account_id: accountId,
      helper_id: helper,
      contact_id: CONTACT,
      video_id: 'dQw4w9WgXcQ',
    });
    const page = await get(link, 'text/html');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain('frame-src https://www.youtube-nocookie.com');
    const report = (body: unknown) =>
      fetch(`${link}/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: 'https://shop.example' },
        body: JSON.stringify(body),
      });
    const first = await report({ percent: 50, watch_duration: 61 });
    expect(first.status).toBe(202);
    expect(first.headers.get('access-control-allow-origin')).toBe('*');
    expect((await report({ percent: 50, watch_duration: 75 })).status).toBe(202);
    expect((await report({ percent: 500 })).status).toBe(400);
    const { executions } = (
      await api.get<{ executions: { execution_id: string }[] }>(`/executions?helper_id=${helper}`)
    ).data;
    expect(executions).toHaveLength(1);
    const ended = await api.ended(executions[0]?.execution_id ?? '');
    expect(ended.status).toBe('completed');
  });

  it('takes a file and hands it to the helper', async () => {
    const { api, accountId } = running.customer;
    const helper = await newHelper(running.customer, 'note_it', { body: 'Got a file', subject: 'Upload' });
    const link = await signed('upload', { account_id: accountId, helper_id: helper, contact_id: CONTACT });
    expect(await (await get(link, 'text/html')).text()).toContain('type="file"');
    const send = (name: string, content: string | Uint8Array<ArrayBuffer>) => {
      const form = new FormData();
      form.set('file', new File([content], name, { type: 'application/pdf' }));
      return fetch(`${link}/files`, { method: 'POST', body: form });
    };
    expect((await send('a.pdf', '%PDF-1.7 hello')).status).toBe(202);
    expect((await send('large.txt', new Uint8Array(3 * 1024 * 1024).fill(97))).status).toBe(202);
    expect((await send('b.exe', 'MZ')).status).toBe(422);
    const { executions } = (await api.get<{ executions: unknown[] }>(`/executions?helper_id=${helper}`)).data;
    expect(executions).toHaveLength(2);
  });

  it('asks before it confirms', async () => {
    const { api, accountId } = running.customer;
    const helper = await newHelper(running.customer, 'note_it', { body: 'Confirmed', subject: 'Opt-in' });
    const claims = { page: 'opt_in', account_id: accountId, helper_id: helper, contact_id: CONTACT, request: 'exec:1' };
    const link = await signed('page', { ...claims, email: 'jane@example.com' });
    expect(await (await get(link, 'text/html')).text()).toContain('jane@example.com');
    const executions = async () =>
      (await api.get<{ executions: unknown[] }>(`/executions?helper_id=${helper}`)).data.executions;
    expect(await executions()).toEqual([]);
    const confirmed = await fetch(`${link}/events`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
      body: '',
    });
    expect(confirmed.status).toBe(303);
    expect(
      await (await get(`${running.system.url}${confirmed.headers.get('location') ?? ''}`, 'text/html')).text(),
    ).toContain('Thank you');
    expect(await executions()).toHaveLength(1);
  });

  it('of a helper that is gone or switched off says so to people', async () => {
    const { api, accountId } = running.customer;
    const helper = await newHelper(running.customer, 'note_it', { body: 'x', subject: 'y' });
    const claims = { account_id: accountId, helper_id: helper, contact_id: CONTACT, video_id: 'abcdefgh' };
    const link = await signed('video', claims);
    await api.request('PUT', `/helpers/${helper}`, { enabled: false });
    expect((await api.post(link.replace(running.system.url, '') + '/events', { percent: 25 })).status).toBe(410);
    const gone = await get(`${link}broken`, 'text/html');
    expect(gone.status).toBe(404);
    expect(gone.headers.get('content-type')).toContain('text/html');
  });

  it('is used only so often a minute', async () => {
    const { accountId } = running.customer;
    const helper = await newHelper(running.customer, 'note_it', { body: 'x', subject: 'y' });
    const claims = { account_id: accountId, helper_id: helper, contact_id: CONTACT };
    const link = await signed('upload', claims);
    const body = Buffer.from('text');
    const headers = { 'content-type': 'application/octet-stream' };
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => fetch(`${link}/files?name=a.txt`, { method: 'POST', headers, body })),
    );
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
  });
});

describe('what helpers make', () => {
  const outputOf = async (helper: string): Promise<Record<string, unknown>> => {
    const { api } = running.customer;
    const asked = await api.post<{ execution_id: string }>(`/helpers/${helper}/execute`, { contact_id: CONTACT });
    const { output } = (await api.ended(asked.data.execution_id)) as { output?: { modified_data?: object } };
    return { ...output?.modified_data };
  };

  it('a countdown has the address of the platform and shows its deadline', async () => {
    const endTime = new Date(Date.now() + 86_400_000).toISOString();
    const helper = await newHelper(running.customer, 'countdown_timer', { timerType: 'standard', endTime });
    const { timer_url: url } = await outputOf(helper);
    const { pathname, search } = new URL(String(url));
    const shown = await get(`${running.system.url}${pathname}${search}&format=json`);
    expect(await shown.json()).toMatchObject({ expired: false, expires_at: endTime.replace(/\.\d+Z$/, '.000Z') });
  });

  it('a file that is handed in on the page can be downloaded by its link', async () => {
    const { api } = running.customer;
    const helper = await newHelper(running.customer, 'upload_it', { mode: 'page', page_title: 'Your contract' });
    const { upload_page_url: page } = await outputOf(helper);
    const link = `${running.system.url}${new URL(String(page)).pathname}`;
    expect(await (await get(link, 'text/html')).text()).toContain('Your contract');
    const form = new FormData();
    form.set('file', new File(['%PDF-1.7 signed'], 'Vertrag März.pdf', { type: 'application/pdf' }));
    expect((await fetch(`${link}/files`, { method: 'POST', body: form })).status).toBe(202);
    const { executions } = (
      await api.get<{ executions: { execution_id: string }[] }>(`/executions?helper_id=${helper}`)
    ).data;
    const ended = await Promise.all(executions.map(({ execution_id: id }) => api.ended(id)));
    const outputs = ended.map(({ output }) => (output as { modified_data?: Record<string, unknown> }).modified_data);
    const download = String(outputs.find((output) => output?.['download_url'] !== undefined)?.['download_url']);
    const file = await get(`${running.system.url}${new URL(download).pathname}`);
    expect(file.headers.get('content-disposition')).toContain('attachment');
    expect(await file.text()).toBe('%PDF-1.7 signed');
  });
});
