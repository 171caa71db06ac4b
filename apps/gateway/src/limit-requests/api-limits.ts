import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { KnownToken } from '#auth';
import { Problem } from '#contracts';
import { logger } from '#telemetry';
import { clientAddress } from '../forward-requests/client-address.js';
import { GatewaySettings } from '../settings.js';
import { RequestCounts } from './request-count.repository.js';
import { RequestWindow, type Standing } from './request-window.js';

const MINUTE_S = 60;
const HOUR_S = 3600;

export type CallerIdentity = KnownToken['identity'];

interface Sender {
  subject: string;
  windows: readonly RequestWindow[];
}

/**
 * The limits of the API: for each user or key, and for each address that sends requests without a usable token.
 *
 * When counts cannot be written, requests pass: these limits keep the API fair, they guard no secret (sign-in has
 * throttles of its own, which then refuse), and turning everybody away would make a small outage a whole one.
 */
@Injectable()
export class ApiLimits {
  private readonly identified: readonly RequestWindow[];
  private readonly anonymous: readonly RequestWindow[];

  constructor(
    private readonly settings: GatewaySettings,
    counts: RequestCounts,
  ) {
    const { perMinute, perHour, anonymousPerHour } = settings.apiLimits;
    this.identified = [
      new RequestWindow(counts, { name: 'minute', seconds: MINUTE_S, limit: perMinute }),
      new RequestWindow(counts, { name: 'hour', seconds: HOUR_S, limit: perHour }),
    ];
    this.anonymous = [new RequestWindow(counts, { name: 'hour', seconds: HOUR_S, limit: anonymousPerHour })];
  }

  /** Counts a request and tells its sender where it stands. @throws Problem 429 `generic.rate_limited` */
  async take(request: FastifyRequest, reply: FastifyReply, identity: CallerIdentity | undefined): Promise<void> {
    if (this.settings.limitsLifted) return;
    const { subject, windows } = this.senderOf(request, identity);
    let tightest: Standing | undefined;
    for (const window of windows) {
      const standing = await this.standing(window, subject);
      if (standing === undefined) return;
      if (!standing.granted) throw refusal(standing);
      if (tightest === undefined || standing.remaining < tightest.remaining) tightest = standing;
    }
    if (tightest !== undefined) reply.headers(headersOf(tightest));
  }

  private async standing(window: RequestWindow, subject: string): Promise<Standing | undefined> {
    try {
      return await window.take(subject, Date.now());
    } catch (error) {
      logger.warn({ err: error }, 'requests cannot be counted, they pass without limit');
      return undefined;
    }
  }

  /** Only a token that was really checked names a sender: nobody can use up the requests of another. */
  private senderOf(request: FastifyRequest, identity: CallerIdentity | undefined): Sender {
    if (identity === undefined) {
      return { subject: clientAddress(request, this.settings.trustedProxies), windows: this.anonymous };
    }
    const { actor } = identity;
    return { subject: subjectOf(actor), windows: this.identified };
  }
}

function subjectOf(actor: CallerIdentity['actor']): string {
  if (actor.kind === 'user') return actor.userId;
  return actor.kind === 'app' ? actor.grantId : actor.keyId;
}

const headersOf = ({ limit, remaining, resetS }: Standing): Record<string, string> => ({
  'RateLimit-Limit': String(limit),
  'RateLimit-Remaining': String(remaining),
  'RateLimit-Reset': String(resetS),
});

const refusal = (standing: Standing): Problem =>
  new Problem(429, 'generic.rate_limited', 'Too many requests, try again later', {
    headers: { ...headersOf(standing), 'Retry-After': String(standing.resetS) },
    extensions: { retry_after: standing.resetS },
  });
