import { z } from 'zod';

/** At most `limit` uses within any `windowMs`. */
export interface ThrottleRule {
  limit: number;
  windowMs: number;
}

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** Reads `5/15m`: five within any fifteen minutes (`s`, `m`, `h`). */
export const ThrottleRuleText = z
  .string()
  .regex(/^[1-9]\d{0,3}\/[1-9]\d{0,3}[smh]$/, 'must read like 5/15m: a number, a slash, a time in s, m or h')
  .transform((text): ThrottleRule => {
    const [limit = '', time = ''] = text.split('/');
    const unit = time.at(-1) as keyof typeof UNITS;
    return { limit: Number(limit), windowMs: Number(time.slice(0, -1)) * UNITS[unit] };
  });
