import { Controller, Get, Headers, Query } from '@nestjs/common';
import { z } from 'zod';
import { Public } from '#auth';
import { Answer, answerWith, Api, Raw } from '#service-defaults';
import { OpenLinks, readClaims } from '../open-links.js';
import { countdownImage, type CountdownColours } from './countdown-image.js';
import { countdownPage } from './countdown-page.js';
import { secondsUntil, timeLeft } from './time-left.js';

const FORMATS = ['gif', 'html', 'json'] as const;
type Format = (typeof FORMATS)[number];

const Claims = z.object({
  /** Unix seconds. */
  expires_at: z.number(),
  bg_color: z.string().default('#000000'),
  digit_color: z.string().default('#FFFFFF'),
  label_color: z.string().default('#CCCCCC'),
  transparent_bg: z.boolean().default(false),
});

const CountdownQuery = z.object({ t: z.string().min(1), format: z.enum(FORMATS).optional() });
type CountdownQuery = z.infer<typeof CountdownQuery>;

/** Mail programs and pages that say nothing in particular want the picture. */
function formatFor(accept = ''): Format {
  if (accept.includes('text/html')) return 'html';
  return accept.includes('application/json') ? 'json' : 'gif';
}

/** A countdown that was fetched a second ago is wrong. */
const NEVER_KEPT = { 'cache-control': 'no-store, no-cache, must-revalidate, max-age=0', expires: '0' };

/** Many people open the same mail in the same second: they get the same picture. */
const MOST_PICTURES = 200;

/** Countdowns as pictures for mails, as pages, and as data. */
@Controller('timer')
export class CountdownController {
  private readonly pictures = new Map<string, Promise<Uint8Array>>();

  constructor(private readonly links: OpenLinks) {}

  @Get()
  @Public()
  @Raw()
  @Api({
    summary: 'A countdown as a picture, a page or data',
    answer: z.unknown(),
    contentType: 'image/gif',
    errors: ['links.not_found', 'links.expired', 'generic.rate_limited'],
    tags: ['hosted pages'],
  })
  async countdown(
    @Query({ schema: CountdownQuery }) query: CountdownQuery,
    @Headers('accept') accept?: string,
  ): Promise<Answer<unknown>> {
    const claims = readClaims(Claims, await this.links.open(query.t, ['timer']));
    const expiresAt = new Date(claims.expires_at * 1000);
    const now = new Date();
    const seconds = secondsUntil(expiresAt, now);
    const colours: CountdownColours = {
      background: claims.bg_color,
      digits: claims.digit_color,
      labels: claims.label_color,
      transparent: claims.transparent_bg,
    };
    switch (query.format ?? formatFor(accept)) {
      case 'html':
        return countdownPage(expiresAt, seconds, colours);
      case 'json': {
        const expired = seconds === 0;
        const data = { expires_at: expiresAt.toISOString(), now: now.toISOString(), expired, seconds_left: seconds };
        return answerWith({ ...data, ...timeLeft(seconds) }, { headers: NEVER_KEPT });
      }
      case 'gif':
        return answerWith(Buffer.from(await this.picture(seconds, colours)), {
          headers: { ...NEVER_KEPT, 'content-type': 'image/gif', vary: 'Accept' },
        });
    }
  }

  private picture(seconds: number, colours: CountdownColours): Promise<Uint8Array> {
    const key = JSON.stringify([seconds, colours]);
    const known = this.pictures.get(key);
    if (known !== undefined) return known;
    if (this.pictures.size >= MOST_PICTURES) this.pictures.clear();
    const image = countdownImage(seconds, colours);
    this.pictures.set(key, image);
    image.catch(() => this.pictures.delete(key));
    return image;
  }
}
