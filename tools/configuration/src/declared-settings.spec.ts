import { expect, it } from '@jest/globals';
import { z } from 'zod';
import { declaredSettings } from './declared-settings.js';

it('reads variables, defaults and meanings through refinements, transforms and intersections', () => {
  const first = z.object({ A_PORT: z.coerce.number().int().default(80).describe('Port') });
  const second = z
    .object({
      B_LIST: z
        .string()
        .default('')
        .transform((text) => text.split(',')),
      C_KEY: z.string().optional(),
    })
    .superRefine(() => undefined)
    .transform((settings) => settings.B_LIST);
  expect(declaredSettings(first.and(second))).toEqual([
    { variable: 'A_PORT', default: '80', meaning: 'Port' },
    { variable: 'B_LIST', default: '', meaning: undefined },
    { variable: 'C_KEY', default: undefined, meaning: undefined },
  ]);
});

it('reads a variable that several schemas declare', () => {
  const schema = () => z.object({ A_MODE: z.enum(['a', 'b']).default('a').describe('Mode') });
  expect(declaredSettings(schema().and(schema()))).toEqual([{ variable: 'A_MODE', default: 'a', meaning: 'Mode' }]);
});
