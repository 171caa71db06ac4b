import { Injectable } from '@nestjs/common';
import { questions } from '#contracts';
import { Questions } from '#messaging';

const KEPT_MS = 30_000;
const MOST_KEPT = 10_000;

/** Whether an account's plan has webhooks; asked anew after a while. */
@Injectable()
export class WebhooksAllowed {
  private readonly known = new Map<string, { allowed: Promise<boolean>; until: number }>();

  constructor(private readonly ask: Questions) {}

  /** @throws Problem 503 when billing does not answer */
  for(accountId: string): Promise<boolean> {
    const kept = this.known.get(accountId);
    if (kept !== undefined && kept.until > Date.now()) return kept.allowed;
    const allowed = this.ask
      .ask(questions.limits, { account_id: accountId })
      .then(({ limits }) => limits.webhooks_enabled);
    if (this.known.size >= MOST_KEPT) this.known.clear();
    this.known.set(accountId, { allowed, until: Date.now() + KEPT_MS });
    allowed.catch(() => this.known.delete(accountId));
    return allowed;
  }
}
