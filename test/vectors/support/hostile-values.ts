import * as fc from 'fast-check';

/**
 * Texts that break careless code. None holds a word that must never be written (NaN, null, 1e+06, ...): wherever one
 * turns up in a result, the helper made it.
 */
const TEXTS: readonly string[] = [
  '',
  ' ',
  'Łódź',
  '日本語のテキスト',
  'مرحبا بالعالم',
  'שלום',
  '👩‍👩‍👧‍👦'.repeat(5),
  'e\u0301'.repeat(50),
  '\u202Eright to left',
  'x'.repeat(100_000),
  'ab '.repeat(20_000),
  `${' '.repeat(30_000)}x`,
  `${'a'.repeat(5_000)}!`,
  '9'.repeat(300),
  '9'.repeat(400),
  `0.${'0'.repeat(60)}1`,
  '-0',
  '٣٤',
  '1,2',
  '12kg',
  '$1,234.50',
  '0x10',
  '99999999999999999999.99',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '=HYPERLINK("https://evil.example","x")',
  '+1+1',
  '@SUM(A1:A9)',
  "'; DROP TABLE contacts; --",
  '{"$gt": ""}',
  '{{email}}',
  '{{{{email}}}}',
  '{{',
  '@Email',
  '{first_name}',
  '$1 $& $`',
  '../../etc/passwd',
  'javascript:alert(1)',
  'http://169.254.169.254/latest',
  'https://example.com/a b?c=d&e=f#g',
  'http://[::1',
  'https://user:secret@example.com/',
  '\u0000\u0001\u001F',
  '\uD800',
  'a\r\nBcc: everyone@example.com',
  '(a+)+$',
  '(?=',
  '[',
  '^(([a-z])+.)+[A-Z]([a-z])+$',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '2026-02-30',
  '0000-00-00',
  '9999-12-31T23:59:59Z',
  '12/31/2025',
  'next tuesday',
  'America/New_York',
  'Mars/Olympus',
  `${'x'.repeat(300)}@example.com`,
  'a@b',
  '"a b"@example.com',
  '+1 (555) 010-9999',
  '5'.repeat(500),
  'true',
  'a,b,,c,',
  '[]',
  '{}',
];

const NUMBERS: readonly number[] = [
  0, -0, 1, -1, 0.1, -1.5, 1e21, -1e21, 1e-9, 1e300, 5e-324, 2 ** 53, 2 ** 31, 1_234_567,
];

const FORBIDDEN = /nan|infinity|null|undefined|\de\+?\d|\[object/i;

/** Any text that a person, a browser or a vendor may send. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constantFrom(...TEXTS), weight: 4 },
  {
    arbitrary: fc.string({ unit: 'binary', maxLength: 40 }).filter((text) => !FORBIDDEN.test(text)),
    weight: 1,
  },
);

/** Any number that JSON can carry. */
export const hostileNumber: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(...NUMBERS),
  fc.integer({ min: -1000, max: 1000 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** Any value of a CRM field. */
export const hostileField = fc.oneof(
  { arbitrary: hostileText, weight: 5 },
  { arbitrary: hostileNumber, weight: 3 },
  { arbitrary: fc.constantFrom(null, true, false), weight: 1 },
  { arbitrary: fc.array(hostileText, { maxLength: 3 }), weight: 1 },
);

/** Any JSON value. */
export const hostileJson: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    hostileField,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.constantFrom('id', 'url', 'data', '__proto__'), hostileText), tie('value'), {
      maxKeys: 3,
    }),
  ),
})).value;
