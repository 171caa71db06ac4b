import { Injectable } from '@nestjs/common';
import { events } from '#contracts';
import { Mailer } from '#mailer';
import { Outbox, UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import { thresholdsReached } from '../domain/usage-threshold.js';
import type { UsageThreshold } from '../domain/usage-threshold.js';
import { AccountOwners } from '../people/account-owner.js';
import type { AccountOwner } from '../people/account-owner.js';
import { UsageAlertsRepository } from '../persistence/usage-alerts.repository.js';
import type { WatchedUsage } from './watched-usage.js';

/** Tells when an account comes near to what its plan contains: everybody by an event, its owner by mail. */
@Injectable()
export class UsageAlerts {
  constructor(
    private readonly alerts: UsageAlertsRepository,
    private readonly owners: AccountOwners,
    private readonly mailer: Mailer,
    private readonly outbox: Outbox,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async look(usage: WatchedUsage): Promise<void> {
    const limit = usage.plan.limits.max_executions;
    if (limit === null || !usage.isPresent) return;
    const subject = { accountId: usage.accountId, period: usage.key, limit };
    const untold = await this.alerts.untold(subject, thresholdsReached(usage.executions.used, limit));
    const highest = untold.at(-1);
    if (highest === undefined) return;
    const owner = await this.owners.of(usage.accountId);
    // One transaction, so that an alert is either remembered and told, or neither.
    await this.unitOfWork.run(async (session) => {
      await this.alerts.remember(subject, untold, this.clock.now());
      await this.outbox.add(session, events.usageThresholdReached, {
        subject: usage.accountId,
        accountId: usage.accountId,
        data: {
          account_id: usage.accountId,
          metric: 'executions',
          percent: highest,
          used: usage.executions.used,
          limit,
          plan: usage.plan.id,
          period: { from: usage.period.from.toISOString(), to: usage.period.to.toISOString() },
        },
      });
      if (owner !== undefined && owner.wants['usage_alerts'] !== false) {
        await this.mailer.request(session, mailOf(usage, owner, { percent: highest, limit }));
      }
    });
  }
}

const mailOf = (
  { accountId, plan, period, executions }: WatchedUsage,
  owner: AccountOwner,
  { percent, limit }: { percent: UsageThreshold; limit: number },
) =>
  ({
    template: 'usage_alert',
    to: { address: owner.email, name: owner.name },
    accountId,
    userId: owner.userId,
    variables: {
      name: owner.name,
      account_name: owner.accountName,
      plan_name: plan.label,
      resource_name: 'executions',
      percent,
      current: executions.used,
      limit,
      resets_at: period.to.toISOString(),
    },
    usefulUntil: period.to,
  }) as const;
