import { Module } from '@nestjs/common';
import { AuditModule } from '#audit';
import { AuthModule } from '#auth';
import { MailerModule } from '#mailer';
import { MessagingModule } from '#messaging';
import { PersistenceModule } from '#persistence';
import { loadConfig } from '#service-defaults';
import { AccountPlans } from './account-plans.js';
import { LimitsController } from './answer-limits/limits.controller.js';
import { CapOverageController } from './cap-overage/cap-overage.controller.js';
import { CapOverage } from './cap-overage/cap-overage.service.js';
import { ChangeSubscriptionController } from './change-subscription/change-subscription.controller.js';
import { SubscriptionChanges } from './change-subscription/subscription-changes.js';
import { Clock } from './clock.js';
import { ForgetCustomer } from './forget-customer/forget-customer.js';
import { AskProvider } from './follow-subscription/ask-provider.js';
import { BringUpToDate } from './follow-subscription/bring-up-to-date.js';
import { FollowEvents } from './follow-subscription/follow-events.js';
import { StripeEventsConsumer } from './follow-subscription/stripe-events.consumer.js';
import { SubscriptionWatch } from './follow-subscription/subscription-watch.js';
import { TellNews } from './follow-subscription/tell-news.js';
import { BillingSummary } from './get-billing/billing-summary.js';
import { GetBillingController } from './get-billing/get-billing.controller.js';
import { ResourceCounter } from './get-billing/resource-counter.js';
import { ExecutionUsage } from './get-usage/execution-usage.js';
import { StorageUsage } from './get-usage/storage-usage.js';
import { UsageController } from './get-usage/usage.controller.js';
import { InvoicesController } from './list-invoices/invoices.controller.js';
import { PlansController } from './list-plans/plans.controller.js';
import { MeterUsage } from './meter-usage/meter-usage.js';
import { OperatorFiguresService } from './operator-summary/operator-figures.js';
import { OperatorSummaryController } from './operator-summary/operator-summary.controller.js';
import { OperatorToken } from './operator-summary/operator-token.js';
import { PlanChangesConsumer } from './operator-summary/plan-changes.consumer.js';
import { OpenCheckoutController } from './open-checkout/open-checkout.controller.js';
import { OpenCheckout } from './open-checkout/open-checkout.service.js';
import { OpenPortalController } from './open-portal/open-portal.controller.js';
import { PaymentMethodsController } from './payment-methods/payment-methods.controller.js';
import { PaymentMethods } from './payment-methods/payment-methods.service.js';
import { LiveSubscriptions } from './payments/live-subscriptions.js';
import { Payers } from './payments/payers.js';
import { PaymentsModule } from './payments/payments.module.js';
import { AppliedEventsRepository } from './persistence/applied-events.repository.js';
import { ApiRequestCountersRepository, ApiRequestReportsRepository } from './persistence/api-requests.repository.js';
import { AccountOwners } from './people/account-owner.js';
import { CustomersRepository } from './persistence/customers.repository.js';
import { MeterPositionsRepository } from './persistence/meter-positions.repository.js';
import { PlanChangesRepository } from './persistence/plan-changes.repository.js';
import { SubscriptionsRepository } from './persistence/subscriptions.repository.js';
import { UsageAlertsRepository } from './persistence/usage-alerts.repository.js';
import { UsageCountersRepository } from './persistence/usage-counters.repository.js';
import { UsageLedgerRepository } from './persistence/usage-ledger.repository.js';
import { UsageReservationsRepository } from './persistence/usage-reservations.repository.js';
import { UsageReconciler } from './reconcile-usage/usage-reconciler.js';
import { RecordApiRequestsController } from './record-api-requests/record-api-requests.controller.js';
import { RecordApiRequests } from './record-api-requests/record-api-requests.service.js';
import { CloseReservations } from './release-usage/close-reservations.js';
import { ReleaseUsageController } from './release-usage/release-usage.controller.js';
import { LimitedReservations } from './reserve-usage/limited-reservations.js';
import { MeteredReservations } from './reserve-usage/metered-reservations.js';
import { NewReservation } from './reserve-usage/new-reservation.js';
import { ReserveUsageController } from './reserve-usage/reserve-usage.controller.js';
import { ReserveUsage } from './reserve-usage/reserve-usage.service.js';
import { AccountClosingsConsumer } from './rest-with-account/account-closings.consumer.js';
import { RestWithAccount } from './rest-with-account/rest-with-account.js';
import { RestingAccounts } from './rest-with-account/resting-accounts.repository.js';
import { SetPlanController } from './set-plan/set-plan.controller.js';
import { SetPlan } from './set-plan/set-plan.service.js';
import { BillingConfig, BillingSettings } from './settings.js';
import { SettleUsage } from './settle-usage/settle-usage.service.js';
import { SettlementConsumer } from './settle-usage/settlement-consumer.js';
import { UsageAlerts } from './watch-usage/usage-alerts.js';
import { UsageWatch } from './watch-usage/usage-watch.js';
import { SyncPlansController } from './sync-plans/sync-plans.controller.js';

const repositories = [
  SubscriptionsRepository,
  CustomersRepository,
  AppliedEventsRepository,
  UsageCountersRepository,
  UsageReservationsRepository,
  UsageLedgerRepository,
  UsageAlertsRepository,
  MeterPositionsRepository,
  PlanChangesRepository,
  ApiRequestCountersRepository,
  ApiRequestReportsRepository,
];

@Module({
  imports: [
    MessagingModule.forService('billing'),
    PersistenceModule.forService('billing'),
    MailerModule,
    AuditModule,
    AuthModule.forService(),
    PaymentsModule,
  ],
  controllers: [
    GetBillingController,
    PlansController,
    UsageController,
    CapOverageController,
    OperatorSummaryController,
    LimitsController,
    ReserveUsageController,
    ReleaseUsageController,
    SetPlanController,
    SyncPlansController,
    OpenCheckoutController,
    OpenPortalController,
    InvoicesController,
    PaymentMethodsController,
    ChangeSubscriptionController,
    RecordApiRequestsController,
  ],
  providers: [
    ...repositories,
    { provide: BillingSettings, useFactory: (): BillingSettings => new BillingSettings(loadConfig(BillingConfig)) },
    Clock,
    AccountPlans,
    ResourceCounter,
    ExecutionUsage,
    StorageUsage,
    NewReservation,
    LimitedReservations,
    MeteredReservations,
    ReserveUsage,
    CloseReservations,
    SettleUsage,
    SettlementConsumer,
    UsageReconciler,
    ForgetCustomer,
    RestingAccounts,
    RestWithAccount,
    AccountClosingsConsumer,
    AccountOwners,
    UsageAlerts,
    MeterUsage,
    UsageWatch,
    CapOverage,
    OperatorToken,
    OperatorFiguresService,
    PlanChangesConsumer,
    SetPlan,
    RecordApiRequests,
    AskProvider,
    TellNews,
    BringUpToDate,
    Payers,
    LiveSubscriptions,
    OpenCheckout,
    PaymentMethods,
    SubscriptionChanges,
    BillingSummary,
    FollowEvents,
    StripeEventsConsumer,
    SubscriptionWatch,
  ],
})
export class BillingModule {}
