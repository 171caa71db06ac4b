import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { WebSocket } from 'undici';
import { z } from 'zod';
import { waitFor } from '#testing';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'headless_shell'];
const LONGEST_START_MS = 30_000;

const Message = z.object({
  id: z.number().optional(),
  sessionId: z.string().optional(),
  method: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
});
type Params = Record<string, unknown>;

/** The browser on this machine: MFH_CHROMIUM, or the first that is found on the path. */
export function installedChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [process.env['MFH_CHROMIUM'] ?? '', ...candidates].find((path) => path !== '' && works(path));
}

/** Some systems have a program of that name which only says how to install the browser. */
function works(path: string): boolean {
  return existsSync(path) && spawnSync(path, ['--version'], { timeout: 20_000, stdio: 'ignore' }).status === 0;
}

/** A headless Chromium with a profile of its own, driven through its DevTools protocol. */
export class Browser {
  readonly #waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  readonly #listeners = new Map<string, (method: string, params: Params) => void>();
  #lastId = 0;

  private constructor(
    private readonly child: ChildProcess,
    private readonly socket: WebSocket,
    private readonly profile: string,
  ) {
    socket.addEventListener('message', ({ data }) => this.#take(String(data)));
  }

  static async launch(path: string): Promise<Browser> {
    const profile = mkdtempSync(join(tmpdir(), 'mfh-browser-'));
    // Containers allow Chromium neither a sandbox of its own nor much shared memory; it sees our own pages only.
    const flags = ['--headless=new', '--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--no-first-run'];
    const args = [...flags, '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'];
    const child = spawn(path, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    process.once('exit', () => child.kill('SIGKILL'));
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    const url = await waitFor(() => Promise.resolve(/DevTools listening on (ws:\S+)/.exec(output)?.[1]), {
      deadlineMs: LONGEST_START_MS,
      what: `${path} to listen`,
    });
    const socket = new WebSocket(url);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', reject);
    });
    return new Browser(child, socket, profile);
  }

  async newPage(): Promise<BrowserPage> {
    const { targetId } = z
      .object({ targetId: z.string() })
      .parse(await this.send('Target.createTarget', { url: 'about:blank' }));
    const attached = await this.send('Target.attachToTarget', { targetId, flatten: true });
    const { sessionId } = z.object({ sessionId: z.string() }).parse(attached);
    const close = (): Promise<unknown> => this.send('Target.closeTarget', { targetId });
    const page = new BrowserPage((method, params) => this.send(method, params, sessionId), close);
    this.#listeners.set(sessionId, (method, params) => page.heard(method, params));
    await page.prepare();
    return page;
  }

  async close(): Promise<void> {
    const exited = new Promise((resolve) => this.child.once('exit', resolve));
    this.socket.close();
    this.child.kill('SIGKILL');
    await exited;
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  async send(method: string, params: Params = {}, sessionId?: string): Promise<unknown> {
    const id = ++this.#lastId;
    const answered = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.socket.send(JSON.stringify({ id, method, params, ...(sessionId !== undefined && { sessionId }) }));
    return answered;
  }

  #take(text: string): void {
    const { id, sessionId = '', method, params = {}, result, error } = Message.parse(JSON.parse(text));
    if (method !== undefined) this.#listeners.get(sessionId)?.(method, params);
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (id === undefined || waiting === undefined) return;
    this.#waiting.delete(id);
    if (error === undefined) waiting.resolve(result);
    else waiting.reject(new Error(error.message));
  }
}

const Evaluated = z.object({
  result: z.object({ value: z.unknown().optional() }),
  exceptionDetails: z
    .object({ text: z.string(), exception: z.object({ description: z.string() }).partial().optional() })
    .optional(),
});

/** One tab. */
export class BrowserPage {
  /** What went wrong in it: errors of scripts, refusals of the content security policy, failed requests. */
  readonly problems: string[] = [];

  constructor(
    readonly send: (method: string, params?: Params) => Promise<unknown>,
    readonly close: () => Promise<unknown>,
  ) {}

  async prepare(): Promise<void> {
    for (const domain of ['Page', 'Runtime', 'Log']) await this.send(`${domain}.enable`);
  }

  heard(method: string, params: Params): void {
    if (method === 'Runtime.exceptionThrown') this.problems.push(JSON.stringify(params['exceptionDetails']));
    if (method === 'Log.entryAdded') this.problems.push(JSON.stringify(params['entry']));
    if (method === 'Runtime.consoleAPICalled') this.problems.push(JSON.stringify(params['args']));
  }

  /** Opens an address and waits until its page is there. */
  async open(url: string): Promise<void> {
    await this.send('Page.navigate', { url });
    await this.until(`location.href === ${JSON.stringify(url)} && document.readyState === 'complete'`);
  }

  /** The value of an expression in the page; promises are waited for. */
  async evaluate(expression: string): Promise<unknown> {
    const answer = await this.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    const { result, exceptionDetails } = Evaluated.parse(answer);
    if (exceptionDetails !== undefined) {
      throw new Error(`${expression}: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
    }
    return result.value;
  }

  /** Waits until an expression is true in the page. */
  async until(expression: string, deadlineMs = 15_000): Promise<void> {
    await waitFor(async () => (await this.evaluate(`Boolean(${expression})`)) === true, {
      deadlineMs,
      everyMs: 50,
      what: `${expression} in the page`,
    });
  }

  /** A click as a person does it: in the middle of what they see. */
  async click(selector: string): Promise<void> {
    const element = `document.querySelector(${JSON.stringify(selector)})`;
    const { x, y } = z.object({ x: z.number(), y: z.number() }).parse(
      await this.evaluate(`(() => {
        ${element}.scrollIntoView({ block: 'center', behavior: 'instant' });
        const { x, y, width, height } = ${element}.getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
      })()`),
    );
    for (const type of ['mousePressed', 'mouseReleased']) {
      await this.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 });
    }
  }

  async type(text: string): Promise<void> {
    await this.send('Input.insertText', { text });
  }

  async press(key: string): Promise<void> {
    const text = key === 'Enter' ? { text: '\r', windowsVirtualKeyCode: 13 } : {};
    for (const type of ['keyDown', 'keyUp'])
      await this.send('Input.dispatchKeyEvent', { type, key, code: key, ...text });
  }

  /** From now on it is as large as the screen of this device. */
  async resize(width: number, height: number, mobile = false): Promise<void> {
    await this.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile });
  }

  /** What it looks like now, as a PNG. */
  async screenshot(): Promise<Buffer> {
    const { data } = z.object({ data: z.string() }).parse(await this.send('Page.captureScreenshot', { format: 'png' }));
    return Buffer.from(data, 'base64');
  }
}
