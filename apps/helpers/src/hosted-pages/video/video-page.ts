import { z } from 'zod';
import type { Answer } from '#service-defaults';
import { escapeHtml, htmlPage, messagePage, scriptJson } from '../html-page.js';

/** What a video link says about its player. */
export const VideoClaims = z.object({
  video_id: z.string().min(1),
  video_source: z.enum(['youtube', 'vimeo', 'wistia', 'file']).optional(),
  video_title: z.string().default(''),
  autoplay: z.boolean().default(false),
  show_controls: z.boolean().default(true),
  /** A further share of the video, in percent, that is reported when it is reached. */
  custom_percent: z.number().min(0).max(100).optional(),
});
export type VideoClaims = z.infer<typeof VideoClaims>;

type Source = NonNullable<VideoClaims['video_source']>;

const HOSTS: readonly (readonly [Source, RegExp])[] = [
  ['youtube', /^(?:www\.|m\.)?(?:youtube(?:-nocookie)?\.com|youtu\.be)$/],
  ['vimeo', /^(?:www\.|player\.)?vimeo\.com$/],
  ['wistia', /^(?:[\w-]+\.)?wistia\.(?:com|net)$/],
];

/** Which player shows a video and by what id: the id alone, or any usual address of it. */
export function videoOf({ video_id: given, video_source: source }: VideoClaims): { source: Source; id: string } | null {
  const url = URL.parse(given);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    const id = /^[\w-]{3,64}$/.exec(given)?.[0];
    if (id === undefined) return null;
    return { source: source ?? (/^\d+$/.test(id) ? 'vimeo' : 'youtube'), id };
  }
  const known = HOSTS.find(([, host]) => host.test(url.hostname))?.[0];
  if (known === undefined) return url.protocol === 'https:' ? { source: 'file', id: url.href } : null;
  const id = url.searchParams.get('v') ?? url.pathname.split('/').findLast((part) => part !== '') ?? '';
  return /^[\w-]{3,64}$/.test(id) ? { source: known, id } : null;
}

const flag = (on: boolean): string => (on ? '1' : '0');

function frameUrl(source: Source, id: string, { autoplay, show_controls: controls }: VideoClaims): string {
  const play = flag(autoplay);
  switch (source) {
    case 'youtube':
      return `https://www.youtube-nocookie.com/embed/${id}?enablejsapi=1&rel=0&autoplay=${play}&controls=${flag(controls)}`;
    case 'vimeo':
      return `https://player.vimeo.com/video/${id}?api=1&autoplay=${play}&controls=${flag(controls)}`;
    case 'wistia':
      return `https://fast.wistia.net/embed/iframe/${id}?autoPlay=${String(autoplay)}&playbar=${String(controls)}`;
    case 'file':
      return id;
  }
}

/**
 * Listens to the player and reports each step once. Frames are asked by messages, in each vendor's own words: no
 * script of theirs runs here.
 */
const SCRIPT = `(() => {
  const { events, steps, source, origin } = VIDEO;
  const player = document.getElementById('player');
  const said = new Set();
  let watched = 0;
  let last;
  const say = (step, percent) => {
    if (said.has(step)) return;
    said.add(step);
    const body = JSON.stringify({ percent: step === 0 ? 0 : Math.max(step, Math.min(100, Math.floor(percent))), watch_duration: Math.round(watched) });
    fetch(events, { method: 'POST', headers: { 'content-type': 'application/json' }, body, keepalive: true })
      .then((answer) => { if (!answer.ok && answer.status >= 500) said.delete(step); }, () => said.delete(step));
  };
  const at = (seconds, duration) => {
    if (!(duration > 0) || !(seconds >= 0)) return;
    if (last !== undefined && seconds > last && seconds - last < 5) watched += seconds - last;
    last = seconds;
    const percent = Math.min(100, (seconds / duration) * 100);
    if (seconds > 0) say(0, 0);
    for (const step of steps) if (percent >= Math.min(step, 99.5)) say(step, percent);
  };
  if (source === 'file') {
    player.addEventListener('timeupdate', () => at(player.currentTime, player.duration));
    player.addEventListener('ended', () => at(player.duration, player.duration));
    return;
  }
  const tell = (message) => player.contentWindow.postMessage(JSON.stringify(message), origin);
  const ask = {
    youtube: () => tell({ event: 'listening', id: 'player', channel: 'widget' }),
    vimeo: () => ['timeupdate', 'ended'].forEach((value) => tell({ method: 'addEventListener', value })),
    wistia: () => tell({ method: 'bind', args: ['timechange'] }),
  }[source];
  let length = 0;
  addEventListener('message', (message) => {
    if (message.source !== player.contentWindow || message.origin !== origin) return;
    let data = message.data;
    try { if (typeof data === 'string') data = JSON.parse(data); } catch { return; }
    if (!data || typeof data !== 'object') return;
    if (source === 'vimeo' && data.event === 'ready') return ask();
    const info = data.info ?? data.data ?? {};
    length = Number(info.duration ?? length);
    const seconds = info.currentTime ?? info.seconds ?? (Array.isArray(data.args) ? data.args[1] : undefined);
    if (typeof seconds === 'number') at(seconds, length);
  });
  player.addEventListener('load', ask);
  setInterval(() => last === undefined && ask(), 1000);
})();`;

const STEPS = [25, 50, 75, 100];

const STYLE = `main{max-width:none;width:min(960px,96vw);padding:1rem 0}
.screen{position:relative;padding-top:56.25%;background:#000}.screen>*{position:absolute;inset:0;width:100%;height:100%;border:0}`;

/** The page that plays a video and reports how far it was watched. @param eventsPath where the reports go */
export function videoPage(claims: VideoClaims, eventsPath: string): Answer<string> {
  const video = videoOf(claims);
  if (video === null) return messagePage('No video', 'This link leads to no video that can be shown.', 404);
  const { source, id } = video;
  const url = frameUrl(source, id, claims);
  const { origin } = new URL(url);
  const { custom_percent: custom, autoplay, show_controls: controls } = claims;
  const player =
    source === 'file'
      ? `<video id="player" src="${escapeHtml(url)}" playsinline${controls ? ' controls' : ''}${autoplay ? ' autoplay muted' : ''}></video>`
      : `<iframe id="player" src="${escapeHtml(url)}" allow="autoplay; fullscreen; picture-in-picture" allowfullscreen></iframe>`;
  const title = claims.video_title === '' ? 'Video' : claims.video_title;
  const steps = custom === undefined ? STEPS : [...new Set([...STEPS, custom])];
  return htmlPage({
    title,
    style: STYLE,
    body: `<div class="screen">${player}</div>`,
    script: `const VIDEO = ${scriptJson({ events: eventsPath, steps, source, origin })};\n${SCRIPT}`,
    sources: source === 'file' ? { 'media-src': origin } : { 'frame-src': origin },
  });
}
