import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Problem } from '#contracts';
import { HostedLinks, LinkRefused, type LinkKind } from '#hosted-links';
import { BurstLimit } from '../accept-execution/burst-limit.js';
import { HelpersSettings } from '../settings.js';

/** Looks a minute at one link; kept in memory, because a picture in a mail is opened by thousands at once. */
const MOST_VIEWS = 120;
const MINUTE_MS = 60_000;
const MOST_KEPT = 50_000;

const digest = (token: string): string => createHash('sha256').update(token).digest('base64url').slice(0, 22);

/** A link that was checked. */
export interface CheckedLink {
  kind: LinkKind;
  claims: Record<string, unknown>;
  /** Names the link without giving it away. */
  digest: string;
}

/** Opens the tokens of hosted pages, and keeps anybody from using one too often. */
@Injectable()
export class OpenLinks {
  private views = new Map<string, number>();
  private minute = 0;

  constructor(
    private readonly links: HostedLinks,
    private readonly limit: BurstLimit,
    private readonly settings: HelpersSettings,
  ) {}

  /**
   * @param kinds those that the path serves
   * @throws Problem 404 for what was not signed here, 410 for what has expired, 429
   */
  async open(token: string, kinds: readonly LinkKind[]): Promise<CheckedLink> {
    const link = await this.check(token);
    if (!kinds.includes(link.kind)) throw new Problem(404, 'links.not_found', 'There is no such link');
    this.countView(link.digest);
    return link;
  }

  /**
   * Counts a use that makes work, over all replicas.
   * @throws Problem 429
   */
  async use({ digest: subject }: CheckedLink, what: string, perMinute: number): Promise<void> {
    const limit = this.settings.burstPerMinute === Infinity ? Infinity : perMinute;
    const granted = await this.limit.takeOf(`link:${what}:${subject}`, 1, limit);
    if (granted === 0) throw tooOften();
  }

  private async check(token: string): Promise<CheckedLink> {
    try {
      const { kind, claims } = await this.links.open(token, new Date());
      return { kind, claims, digest: digest(token) };
    } catch (error) {
      if (!(error instanceof LinkRefused)) throw error;
      throw error.reason === 'expired'
        ? new Problem(410, 'links.expired', 'This link has expired')
        : new Problem(404, 'links.not_found', 'There is no such link');
    }
  }

  private countView(subject: string): void {
    if (this.settings.burstPerMinute === Infinity) return;
    const minute = Math.floor(Date.now() / MINUTE_MS);
    if (minute !== this.minute || this.views.size > MOST_KEPT) {
      this.minute = minute;
      this.views = new Map();
    }
    const views = (this.views.get(subject) ?? 0) + 1;
    this.views.set(subject, views);
    if (views > MOST_VIEWS) throw tooOften();
  }
}

function tooOften(): Problem {
  const seconds = 60 - new Date().getUTCSeconds();
  return new Problem(429, 'generic.rate_limited', 'Too many requests, try again later', {
    headers: { 'Retry-After': String(seconds) },
    extensions: { retry_after: seconds },
  });
}

/**
 * The claims of a link in the shape its page needs.
 * @throws Problem 404: the link was signed for something else
 */
export function readClaims<Schema extends z.ZodType>(schema: Schema, { claims }: CheckedLink): z.output<Schema> {
  const parsed = schema.safeParse(claims);
  if (parsed.success) return parsed.data;
  throw new Problem(404, 'links.not_found', 'There is no such link');
}
