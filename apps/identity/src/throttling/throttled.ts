import { Problem } from '#contracts';

export interface Refusal {
  limit: number;
  /** When the next use is allowed. */
  freeAt: Date;
  now: Date;
}

/** 429 with everything a client needs to wait the right time. */
export function throttled(text: string, { limit, freeAt, now }: Refusal): Problem {
  const seconds = Math.max(1, Math.ceil((freeAt.getTime() - now.getTime()) / 1000));
  return new Problem(429, 'generic.rate_limited', text, {
    data: { limit, reset_at: freeAt.toISOString() },
    extensions: { retry_after: seconds },
    headers: {
      'Retry-After': String(seconds),
      'RateLimit-Limit': String(limit),
      'RateLimit-Remaining': '0',
      'RateLimit-Reset': String(seconds),
    },
  });
}
