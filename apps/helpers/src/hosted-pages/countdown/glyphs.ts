import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';

/** How much of each pixel a shape covers, from 0 to {@link MOST_COVERAGE}. */
export interface Coverage {
  width: number;
  height: number;
  levels: Uint8Array;
}

/** Shades between the background and a colour. */
export const MOST_COVERAGE = 15;

export const DIGIT = { width: 32, height: 56 } as const;
export const LETTER = { width: 6, height: 9, step: 9 } as const;

type Point = readonly [x: number, y: number];

/** Ends of the seven bars of a digit, in units of half a digit: top, upper right, lower right, bottom, and so on. */
const BARS: readonly (readonly [Point, Point])[] = [
  [
    [0, 0],
    [1, 0],
  ],
  [
    [1, 0],
    [1, 1],
  ],
  [
    [1, 1],
    [1, 2],
  ],
  [
    [0, 2],
    [1, 2],
  ],
  [
    [0, 1],
    [0, 2],
  ],
  [
    [0, 0],
    [0, 1],
  ],
  [
    [0, 1],
    [1, 1],
  ],
];

/** Which bars make a digit, by their places above. */
const DIGITS: readonly (readonly number[])[] = [
  [0, 1, 2, 3, 4, 5],
  [1, 2],
  [0, 1, 6, 4, 3],
  [0, 1, 6, 2, 3],
  [5, 6, 1, 2],
  [0, 5, 6, 2, 3],
  [0, 5, 4, 3, 2, 6],
  [0, 1, 2],
  [0, 1, 2, 3, 4, 5, 6],
  [0, 1, 2, 3, 5, 6],
];

/**
 * Strokes of the letters that labels need, on a grid of 2 by 2. They are drawn like this, without a font, because a
 * server may have none.
 */
const LETTERS: Readonly<Record<string, readonly (readonly Point[])[]>> = {
  A: [
    [
      [0, 2],
      [0, 1],
      [1, 0],
      [2, 1],
      [2, 2],
    ],
    [
      [0, 1.3],
      [2, 1.3],
    ],
  ],
  C: [
    [
      [2, 0],
      [0, 0],
      [0, 2],
      [2, 2],
    ],
  ],
  D: [
    [
      [0, 0],
      [0, 2],
      [1.2, 2],
      [2, 1.4],
      [2, 0.6],
      [1.2, 0],
      [0, 0],
    ],
  ],
  E: [
    [
      [2, 0],
      [0, 0],
      [0, 2],
      [2, 2],
    ],
    [
      [0, 1],
      [1.5, 1],
    ],
  ],
  H: [
    [
      [0, 0],
      [0, 2],
    ],
    [
      [2, 0],
      [2, 2],
    ],
    [
      [0, 1],
      [2, 1],
    ],
  ],
  I: [
    [
      [1, 0],
      [1, 2],
    ],
  ],
  M: [
    [
      [0, 2],
      [0, 0],
      [1, 1],
      [2, 0],
      [2, 2],
    ],
  ],
  N: [
    [
      [0, 2],
      [0, 0],
      [2, 2],
      [2, 0],
    ],
  ],
  O: [
    [
      [0, 0],
      [2, 0],
      [2, 2],
      [0, 2],
      [0, 0],
    ],
  ],
  R: [
    [
      [0, 2],
      [0, 0],
      [2, 0],
      [2, 1],
      [0, 1],
    ],
    [
      [0.8, 1],
      [2, 2],
    ],
  ],
  S: [
    [
      [2, 0],
      [0, 0],
      [0, 1],
      [2, 1],
      [2, 2],
      [0, 2],
    ],
  ],
  T: [
    [
      [0, 0],
      [2, 0],
    ],
    [
      [1, 0],
      [1, 2],
    ],
  ],
  U: [
    [
      [0, 0],
      [0, 2],
      [2, 2],
      [2, 0],
    ],
  ],
  Y: [
    [
      [0, 0],
      [1, 1],
      [2, 0],
    ],
    [
      [1, 1],
      [1, 2],
    ],
  ],
};

function drawn(width: number, height: number, stroke: number, draw: (pen: SKRSContext2D) => void): Coverage {
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  pen.strokeStyle = '#ffffff';
  pen.lineWidth = stroke;
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  draw(pen);
  const pixels = pen.getImageData(0, 0, width, height).data;
  const levels = new Uint8Array(width * height);
  for (let pixel = 0; pixel < levels.length; pixel += 1) {
    levels[pixel] = Math.round(((pixels[pixel * 4 + 3] ?? 0) / 255) * MOST_COVERAGE);
  }
  return { width, height, levels };
}

function line(pen: SKRSContext2D, points: readonly Point[], place: (point: Point) => Point): void {
  pen.beginPath();
  for (const [index, point] of points.entries()) {
    const [x, y] = place(point);
    if (index === 0) pen.moveTo(x, y);
    else pen.lineTo(x, y);
  }
  pen.stroke();
}

const BAR = 6;

function digit(bars: readonly number[]): Coverage {
  const { width, height } = DIGIT;
  const place = ([x, y]: Point): Point => [
    BAR / 2 + 1 + x * (width - BAR - 2),
    BAR / 2 + 1 + (y / 2) * (height - BAR - 2),
  ];
  return drawn(width, height, BAR, (pen) => {
    for (const bar of bars) line(pen, BARS[bar] ?? [], place);
  });
}

/** A word of {@link LETTERS}, in capitals. */
export function word(text: string): Coverage {
  const { width, height, step } = LETTER;
  return drawn(text.length * step - (step - width) + 2, height + 2, 1.4, (pen) => {
    for (const [index, letter] of [...text].entries()) {
      const place = ([x, y]: Point): Point => [1 + index * step + (x / 2) * width, 1 + (y / 2) * height];
      for (const points of LETTERS[letter] ?? []) line(pen, points, place);
    }
  });
}

let digits: readonly Coverage[] | undefined;

/** The ten digits; drawn once, on first use. */
export function digitGlyphs(): readonly Coverage[] {
  digits ??= DIGITS.map(digit);
  return digits;
}

/** Two dots above each other, as high as a digit. */
export const colon = (): Coverage =>
  drawn(8, DIGIT.height, 5, (pen) => {
    for (const y of [DIGIT.height / 3, (DIGIT.height * 2) / 3])
      line(
        pen,
        [
          [4, y],
          [4, y + 0.01],
        ],
        (point) => point,
      );
  });
