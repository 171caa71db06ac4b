import { setImmediate as breathe } from 'node:timers/promises';
import gifenc from 'gifenc';
import { colon, DIGIT, digitGlyphs, LETTER, MOST_COVERAGE, word, type Coverage } from './glyphs.js';
import { timeLeft } from './time-left.js';

/** The package is CommonJS, of which Node sees the whole and no names. */
const encoders = gifenc;

export interface CountdownColours {
  background: string;
  digits: string;
  labels: string;
  transparent: boolean;
}

/** A minute, one frame a second: mail programs load a picture once and then play it. */
const FRAMES = 60;
const FRAME_MS = 1000;
const MARGIN = 14;
const GAP = 6;
const BETWEEN = 28;
const LABELS = ['DAYS', 'HOURS', 'MINUTES', 'SECONDS'] as const;
const HEIGHT = MARGIN + DIGIT.height + 10 + LETTER.height + 2 + MARGIN;
/** Frames encoded before other requests get their turn. */
const FRAMES_AT_ONCE = 6;

const BACKGROUND = 0;
const FIRST_LABEL_SHADE = MOST_COVERAGE;

type Colour = readonly [red: number, green: number, blue: number];

function colourOf(text: string): Colour {
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(text);
  const hex =
    short === null
      ? text
      : `#${short
          .slice(1)
          .map((each) => each + each)
          .join('')}`;
  const [, red = '0', green = '0', blue = '0'] = /^#(..)(..)(..)$/.exec(hex) ?? [];
  return [Number.parseInt(red, 16), Number.parseInt(green, 16), Number.parseInt(blue, 16)];
}

const shades = (from: Colour, to: Colour): number[][] =>
  Array.from({ length: MOST_COVERAGE }, (_, level) =>
    from.map((part, index) => Math.round(part + (((to[index] ?? 0) - part) * (level + 1)) / MOST_COVERAGE)),
  );

/** The background, then the shades of digits, then those of labels. */
function paletteOf({ background, digits, labels }: CountdownColours): number[][] {
  const base = colourOf(background);
  return [[...base], ...shades(base, colourOf(digits)), ...shades(base, colourOf(labels))];
}

class Sheet {
  readonly pixels: Uint8Array;

  constructor(
    readonly width: number,
    pixels?: Uint8Array,
  ) {
    this.pixels = pixels?.slice() ?? new Uint8Array(width * HEIGHT).fill(BACKGROUND);
  }

  /** @param shade the colour's place in the palette, less one */
  put({ width, height, levels }: Coverage, left: number, top: number, shade: number): void {
    for (let row = 0; row < height; row += 1) {
      for (let column = 0; column < width; column += 1) {
        const level = levels[row * width + column] ?? 0;
        if (level > 0) this.pixels[(top + row) * this.width + left + column] = shade + level;
      }
    }
  }
}

/** Left edge of each group of digits, and how many it has. */
function groupsFor(seconds: number): { left: number; digits: number; width: number }[] {
  const dayDigits = Math.max(2, String(timeLeft(seconds).days).length);
  let left = MARGIN;
  return [dayDigits, 2, 2, 2].map((digits) => {
    const width = digits * DIGIT.width + (digits - 1) * GAP;
    const group = { left, digits, width };
    left += width + BETWEEN;
    return group;
  });
}

function emptySheet(groups: ReturnType<typeof groupsFor>): Sheet {
  const last = groups.at(-1);
  const sheet = new Sheet((last?.left ?? 0) + (last?.width ?? 0) + MARGIN);
  const dots = colon();
  for (const [index, { left, width }] of groups.entries()) {
    const label = word(LABELS[index] ?? '');
    const labelLeft = Math.max(0, left + Math.round((width - label.width) / 2));
    sheet.put(label, labelLeft, MARGIN + DIGIT.height + 10, FIRST_LABEL_SHADE);
    if (index > 0) sheet.put(dots, left - Math.round((BETWEEN + dots.width) / 2), MARGIN, FIRST_LABEL_SHADE);
  }
  return sheet;
}

function frame(empty: Sheet, groups: ReturnType<typeof groupsFor>, seconds: number): Uint8Array {
  const sheet = new Sheet(empty.width, empty.pixels);
  const { days, hours, minutes, seconds: rest } = timeLeft(seconds);
  const glyphs = digitGlyphs();
  for (const [index, value] of [days, hours, minutes, rest].entries()) {
    const { left = 0, digits = 2 } = groups[index] ?? {};
    for (const [place, character] of [...String(value).padStart(digits, '0')].entries()) {
      const glyph = glyphs[Number(character)];
      if (glyph !== undefined) sheet.put(glyph, left + place * (DIGIT.width + GAP), MARGIN, BACKGROUND);
    }
  }
  return sheet.pixels;
}

/**
 * An animated picture that counts down for a minute and then stands still; a finished countdown is a still of zeros.
 * @param seconds left when the picture is made
 */
export async function countdownImage(seconds: number, colours: CountdownColours): Promise<Uint8Array> {
  const groups = groupsFor(seconds);
  const empty = emptySheet(groups);
  const palette = paletteOf(colours);
  const gif = encoders.GIFEncoder();
  const frames = Math.min(FRAMES, seconds + 1);
  for (let index = 0; index < frames; index += 1) {
    gif.writeFrame(frame(empty, groups, seconds - index), empty.width, HEIGHT, {
      ...(index === 0 && { palette, repeat: -1 }),
      delay: FRAME_MS,
      ...(colours.transparent && { transparent: true, transparentIndex: BACKGROUND, dispose: 2 }),
    });
    if (index % FRAMES_AT_ONCE === FRAMES_AT_ONCE - 1) await breathe();
  }
  gif.finish();
  return gif.bytes();
}
