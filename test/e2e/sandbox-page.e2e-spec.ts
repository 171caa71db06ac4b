import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_KEY } from '../../apps/sandbox-crm/src/demo-facts.js';
import { startSandbox, type RunningSandbox } from '../../apps/sandbox-crm/src/sandbox.js';
import { Browser, installedChromium, type BrowserPage } from './support/browser.js';
import { LEAST_CONTRAST, NAMELESS, POOR_CONTRAST, WIDER_THAN_THE_SCREEN } from './support/page-inspection.js';

/** The demo CRM's pages in a real browser. */
const chromium = installedChromium();
if (chromium === undefined) {
  process.stderr.write(
    'SKIPPED: the pages of the sandbox CRM were not looked at in a browser: no Chromium on the path (or in MFH_CHROMIUM)\n',
  );
}
const inBrowser = chromium === undefined ? it.skip : it;

let sandbox: RunningSandbox;
let browser: Browser | undefined;
let page: BrowserPage;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  if (chromium !== undefined) browser = await Browser.launch(chromium);
});
beforeEach(async () => {
  if (browser !== undefined) page = await browser.newPage();
});
afterEach(async () => {
  if (browser !== undefined) await page.close();
});
afterAll(async () => {
  await browser?.close();
  await sandbox.stop();
});

async function call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const answer = await fetch(`${sandbox.url}/keap/crm/rest/v2${path}`, {
    method,
    headers: { authorization: `Bearer ${DEMO_KEY}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
  const text = await answer.text();
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

const tag = (contactId: string) => call('POST', '/tags/199/contacts:applyTags', { contact_ids: [contactId] });
const textOf = (selector: string) => page.evaluate(`document.querySelector(${JSON.stringify(selector)}).innerText`);
const countOf = (selector: string) => page.evaluate(`document.querySelectorAll(${JSON.stringify(selector)}).length`);
const isLive = () => page.until(`document.querySelector('#effects-state').textContent === 'Live'`);
const shows = (selector: string, text: string) =>
  page.until(
    `document.querySelector(${JSON.stringify(selector)})?.innerText.replaceAll(/\\s+/g, ' ').includes(${JSON.stringify(text)})`,
  );

/** With MFH_SCREENSHOTS the pages are kept there, to be looked at. */
async function keepScreenshot(name: string): Promise<void> {
  const folder = process.env['MFH_SCREENSHOTS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.png`), await page.screenshot());
}

inBrowser('leads from a search, typed without accents, to one contact with tags and fields', async () => {
  await page.open(`${sandbox.url}/`);
  expect(await textOf('[data-live=count]')).toBe('1 to 25 of 1000');
  await page.click('a[rel=next]');
  await shows('[data-live=count]', '26 to 50 of 1000');
  await page.click('#q');
  await page.type('jurgen munchen');
  await page.press('Enter');
  await shows('[data-live=count]', '1 to ');
  expect(await textOf('.cards li')).toMatch(/Jürgen .*\n.*München/s);
  await page.click('.cards h3 a');
  await shows('h1', 'Jürgen');
  expect(await textOf('[data-live=person]')).toContain('München');
  expect(await textOf('[data-live=fields]')).toMatch(/Score\s+\d+/);
  expect(await countOf('[data-live=tags] .tag')).toBeGreaterThan(0);
  await page.click('[data-live=tags] .tag');
  await shows('#contacts-title', 'Tagged');
  expect(page.problems).toEqual([]);
});

inBrowser('shows what is done in the CRM as it is done, in the log and on the contact', async () => {
  await page.open(`${sandbox.url}/`);
  await isLive();
  await tag('1002');
  await shows('#effects-list', 'ApplyTag on Ben Okafor');
  await shows('#effects-list', 'Keap');
  await shows('#effects-list', 'Tried the demo');
  await shows('[data-live="contact 1002"] .tags', 'Tried the demo');
  await keepScreenshot('live');
  await page.open(`${sandbox.url}/tags`);
  await isLive();
  await shows('[data-live=tags] tbody tr:last-child', 'Tried the demo 1');
  await tag('1006');
  await shows('[data-live=tags] tbody tr:last-child', 'Tried the demo 2');
  await page.open(`${sandbox.url}/contacts/1003`);
  await isLive();
  await tag('1004');
  await call('PATCH', '/contacts/1003?update_mask=custom_fields', { custom_fields: [{ id: '1', content: 'Cla' }] });
  await shows('#effects-list', 'SetContactFieldValue');
  await shows('[data-live=fields]', 'Cla');
  expect(await textOf('#effects-list')).not.toContain('ApplyTag');
  expect(page.problems).toEqual([]);
});

inBrowser('goes on where it was after a pause and after a restart of the CRM', async () => {
  await page.open(`${sandbox.url}/`);
  await isLive();
  await page.click('#effects-pause');
  await shows('#effects-state', 'Paused');
  await call('PATCH', '/contacts/1005?update_mask=job_title', { job_title: 'While paused' });
  expect(await textOf('#effects-list')).not.toContain('While paused');
  await page.click('#effects-pause');
  await shows('#effects-list', 'While paused');

  const { port } = new URL(sandbox.url);
  await sandbox.stop();
  await shows('#effects-state', 'Not connected');
  sandbox = await startSandbox({ port: Number(port) });
  await call('PATCH', '/contacts/1005?update_mask=job_title', { job_title: 'After the restart' });
  await shows('#effects-list', 'After the restart');
  await isLive();
  expect(await textOf('#effects-list')).not.toContain('While paused');
});

inBrowser('says how many effects it leaves out when they are too many, and stays small', async () => {
  await page.open(`${sandbox.url}/`);
  await isLive();
  await page.click('#effects-pause');
  for (let round = 0; round < 150; round += 1) await tag('1001');
  await page.click('#effects-pause');
  await shows('#effects-list', '100 more were left out');
  await page.click('#effects-pause');
  for (let round = 0; round < 50; round += 1) await tag('1001');
  await page.click('#effects-pause');
  await page.until(`document.querySelectorAll('#effects-list > li').length === 100`);
});

inBrowser('runs nothing that a contact brings along', async () => {
  const attack = `<img src=x onerror="window.attacked=true"><script>window.attacked=true</script>`;
  await page.open(`${sandbox.url}/`);
  await isLive();
  const { id } = await call('POST', '/contacts', {
    given_name: attack.slice(0, 40),
    email_addresses: [{ field: 'EMAIL1', email: 'hostile@example.com' }],
    custom_fields: [{ id: '9', content: attack }],
  });
  await shows('#effects-list', 'CreateContact');
  await shows('#effects-list', '<script>');
  await page.open(`${sandbox.url}/contacts/${String(id)}`);
  await shows('[data-live=fields]', '<script>');
  expect(await page.evaluate('window.attacked === undefined')).toBe(true);
  expect(page.problems).toEqual([]);
  await page.evaluate(`document.body.insertAdjacentHTML('beforeend', ${JSON.stringify(attack)})`);
  expect(await page.evaluate('new Promise((done) => setTimeout(() => done(window.attacked), 200))')).toBeUndefined();
  expect(page.problems.join('\n')).toContain('Content Security Policy');
});

const PATHS = ['/', '/?q=hamburg&page=2', '/contacts/1001', '/contacts/0', '/tags', '/connect'];

inBrowser.each(PATHS)('%s can be read on a phone, without eyes, and in the dark', async (path) => {
  await page.resize(320, 640, true);
  for (const scheme of ['light', 'dark']) {
    await page.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
    await page.open(sandbox.url + path);
    expect(await page.evaluate(WIDER_THAN_THE_SCREEN)).toEqual([]);
    expect(await page.evaluate(POOR_CONTRAST(LEAST_CONTRAST))).toEqual([]);
    await keepScreenshot(`phone-${scheme}-${path.replaceAll(/\W+/g, '-')}`);
  }
  expect(await page.evaluate(NAMELESS)).toEqual([]);
  expect(await page.evaluate(`document.documentElement.lang`)).toBe('en');
  expect(await countOf('h1')).toBe(1);
  expect(await countOf('main')).toBe(1);
  await page.press('Tab');
  expect(await page.evaluate(`document.activeElement.textContent`)).toBe('Skip to the content');
  await page.resize(1280, 900);
  await keepScreenshot(`wide-${path.replaceAll(/\W+/g, '-')}`);
});
