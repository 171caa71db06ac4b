import { Inject, Injectable } from '@nestjs/common';
import { Problem, type AccountScope } from '#contracts';
import { Clock } from '../clock.js';
import { ACCOUNTS_CONFIG, type AccountsConfig } from '../config.js';
import { Invitations } from '../persistence/invitations.repository.js';

const HOUR_MS = 60 * 60 * 1000;

/** Keeps an account from mailing strangers without end. */
@Injectable()
export class InvitationRate {
  constructor(
    private readonly invitations: Invitations,
    private readonly clock: Clock,
    @Inject(ACCOUNTS_CONFIG) private readonly config: AccountsConfig,
  ) {}

  /** Exact only under the guard of the account's team. @throws Problem 429 */
  async check(scope: AccountScope): Promise<void> {
    if (this.config.MFH_LIMITS === 'lifted') return;
    const limit = this.config.MFH_INVITATIONS_PER_HOUR;
    const since = new Date(this.clock.now().getTime() - HOUR_MS);
    const sent = await this.invitations.sentSince(scope, since);
    if (sent.length < limit) return;
    const [oldest = since] = sent.toSorted((a, b) => a.getTime() - b.getTime()).slice(-limit);
    const seconds = Math.max(1, Math.ceil((oldest.getTime() - since.getTime()) / 1000));
    throw new Problem(429, 'generic.rate_limited', 'Too many invitations, try again later', {
      data: { limit, used: sent.length, reset_at: new Date(oldest.getTime() + HOUR_MS).toISOString() },
      extensions: { retry_after: seconds },
      headers: { 'Retry-After': String(seconds) },
    });
  }
}
