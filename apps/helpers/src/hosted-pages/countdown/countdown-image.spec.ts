import { expect, test } from '@jest/globals';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { countdownImage } from './countdown-image.js';
import { secondsUntil, timeLeft } from './time-left.js';

const colours = { background: '#102030', digits: '#FFFFFF', labels: '#CCCCCC', transparent: false };

/** Blocks of a GIF that say how long a frame stands, and in what way. */
const frames = (gif: Uint8Array): Buffer[] => {
  const bytes = Buffer.from(gif);
  const found: Buffer[] = [];
  for (let at = bytes.indexOf('21f904', 0, 'hex'); at >= 0; at = bytes.indexOf('21f904', at + 8, 'hex')) {
    found.push(bytes.subarray(at, at + 8));
  }
  return found;
};

async function pixelsOf(gif: Uint8Array): Promise<Uint8ClampedArray> {
  const image = await loadImage(Buffer.from(gif));
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas.getContext('2d').getImageData(0, 0, image.width, image.height).data;
}

test('counts a minute down, a frame a second', async () => {
  const gif = await countdownImage(90_061, colours);
  expect(Buffer.from(gif.subarray(0, 6)).toString()).toBe('GIF89a');
  expect(frames(gif)).toHaveLength(60);
  expect(frames(gif).every((frame) => frame.readUInt16LE(4) === 100)).toBe(true);
});

test('ends at zero and stays there', async () => {
  expect(frames(await countdownImage(5, colours))).toHaveLength(6);
  expect(frames(await countdownImage(0, colours))).toHaveLength(1);
});

test('has the colours it was asked for, or none behind them', async () => {
  const [red, green, blue, alpha] = await pixelsOf(await countdownImage(0, colours));
  expect([red, green, blue, alpha]).toEqual([0x10, 0x20, 0x30, 255]);
  const clear = await pixelsOf(await countdownImage(0, { ...colours, transparent: true }));
  expect(clear[3]).toBe(0);
});

test('shows other digits for other times', async () => {
  const [one, other] = await Promise.all([countdownImage(0, colours), countdownImage(1, colours)]);
  expect(Buffer.from(await pixelsOf(one)).equals(Buffer.from(await pixelsOf(other)))).toBe(false);
});

test('grows with the number of days', async () => {
  const width = (gif: Uint8Array): number => Buffer.from(gif).readUInt16LE(6);
  expect(width(await countdownImage(200 * 86_400, colours))).toBeGreaterThan(width(await countdownImage(60, colours)));
});

test('counts begun seconds, and never below zero', () => {
  const now = new Date('2026-01-15T12:00:00.400Z');
  expect(secondsUntil(new Date('2026-01-15T12:00:01Z'), now)).toBe(1);
  expect(secondsUntil(new Date('2026-01-15T11:00:00Z'), now)).toBe(0);
  expect(timeLeft(90_061)).toEqual({ days: 1, hours: 1, minutes: 1, seconds: 1 });
});
