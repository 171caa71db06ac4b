import { Injectable } from '@nestjs/common';
import { AuditLog, type AuditedCaller } from '#audit';
import { featureNotAvailable, type AccountScope } from '#contracts';
import { UnitOfWork } from '#persistence';
import { AccountPlans } from '../account-plans.js';
import { overagePolicy, planOf } from '../domain/plans.js';
import { SubscriptionsRepository } from '../persistence/subscriptions.repository.js';
import { BillingSettings } from '../settings.js';

/** Lets an account say how much its executions beyond the plan may cost; from there on they are refused. */
@Injectable()
export class CapOverage {
  constructor(
    private readonly subscriptions: SubscriptionsRepository,
    private readonly plans: AccountPlans,
    private readonly audit: AuditLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: BillingSettings,
  ) {}

  /** @param capMinor cents; null takes the cap away @throws Problem 403 on a plan without overage */
  async set(scope: AccountScope, capMinor: number | null, caller: AuditedCaller): Promise<void> {
    await this.unitOfWork.run(
      async (session) => {
        const current = await this.subscriptions.find(scope, scope.accountId);
        const plan = planOf(current?.plan ?? 'free');
        if (current === null || overagePolicy(plan) === 'block') {
          const asking = { plan: plan.id, label: plan.label, upgrade_url: this.settings.upgradeUrl };
          const wording = { does: 'ends at its executions', use: 'go on beyond them' };
          throw featureNotAvailable('overage', asking, wording);
        }
        await this.subscriptions.write(scope, current, { overage_cap_minor: capMinor });
        await this.audit.record(session, {
          ...caller,
          type: 'billing.overage_cap.changed',
          accountId: scope.accountId,
          data: { before_minor: current.overage_cap_minor ?? null, after_minor: capMinor },
        });
      },
      { turn: `subscription/${scope.accountId}` },
    );
    this.plans.forget(scope.accountId);
  }
}
