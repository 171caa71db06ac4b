import type { Answer } from '#service-defaults';
import { escapeHtml, htmlPage, scriptJson } from '../html-page.js';
import type { CountdownColours } from './countdown-image.js';
import { timeLeft } from './time-left.js';

const UNITS = ['days', 'hours', 'minutes', 'seconds'] as const;

/** The clock of the viewer may be wrong: what is left comes from the server, and only its passing is measured. */
const SCRIPT = `(() => {
  const { secondsLeft, expiresAt } = COUNTDOWN;
  const began = performance.now();
  const pad = (number) => String(number).padStart(2, '0');
  const show = () => {
    const left = Math.max(0, Math.ceil(secondsLeft - (performance.now() - began) / 1000));
    const parts = [left / 86400, (left % 86400) / 3600, (left % 3600) / 60, left % 60].map(Math.floor);
    for (const [index, cell] of document.querySelectorAll('[data-unit]').entries()) cell.textContent = pad(parts[index]);
    return left;
  };
  const deadline = document.querySelector('time');
  deadline.textContent = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' }).format(new Date(expiresAt));
  if (show() > 0) {
    const timer = setInterval(() => show() === 0 && clearInterval(timer), 250);
  }
})();`;

const colour = (text: string): string => (/^#[\da-f]{3,8}$/i.test(text) ? text : 'inherit');

function styleOf({ background, digits, labels, transparent }: CountdownColours): string {
  return `body{background:${transparent ? 'transparent' : colour(background)}}
.units{display:flex;gap:1.5rem;justify-content:center}.units b{display:block;font-size:3rem;
font-variant-numeric:tabular-nums;color:${colour(digits)}}.units span,time{color:${colour(labels)}}`;
}

/** A countdown as a page: it goes on for as long as it is open, and names the deadline in the viewer's own zone. */
export function countdownPage(expiresAt: Date, secondsLeft: number, colours: CountdownColours): Answer<string> {
  const left = timeLeft(secondsLeft);
  const cells = UNITS.map(
    (unit) => `<div><b data-unit="${unit}">${String(left[unit]).padStart(2, '0')}</b><span>${unit}</span></div>`,
  );
  const instant = expiresAt.toISOString();
  return htmlPage({
    title: 'Countdown',
    style: styleOf(colours),
    body: `<div class="units" role="timer">${cells.join('')}</div><p><time datetime="${instant}">${escapeHtml(expiresAt.toUTCString())}</time></p>`,
    script: `const COUNTDOWN = ${scriptJson({ secondsLeft, expiresAt: instant })};\n${SCRIPT}`,
  });
}
