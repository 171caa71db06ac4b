import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AuditModule } from '#audit';
import { AuthModule } from '#auth';
import { MailerModule } from '#mailer';
import { MessagingModule } from '#messaging';
import { PersistenceModule } from '#persistence';
import { loadConfig } from '#service-defaults';
import { AccountAccessGuard } from './access/account-access.guard.js';
import { ChangeAccountController } from './change-account/change-account.controller.js';
import { ChangeAccountHandler } from './change-account/change-account.handler.js';
import { Clock } from './clock.js';
import { ACCOUNTS_CONFIG, AccountsConfig } from './config.js';
import { CreateAccountController } from './create-account/create-account.controller.js';
import { CreateAccountHandler } from './create-account/create-account.handler.js';
import { AccountFigures } from './figures/account-figures.js';
import { RowCounts } from './figures/row-counts.js';
import { ClaimedAccounts } from './follow-registrations/claimed-accounts.js';
import { RegistrationsConsumer } from './follow-registrations/registrations.consumer.js';
import { SubscriptionsConsumer } from './follow-subscriptions/subscriptions.consumer.js';
import { ListAccountsController } from './list-accounts/list-accounts.controller.js';
import { ListTeamController } from './list-team/list-team.controller.js';
import { AccountFiguresStore } from './persistence/account-figures.repository.js';
import { Accounts } from './persistence/accounts.repository.js';
import { Memberships } from './persistence/memberships.repository.js';
import { PreferencesStore } from './persistence/preferences.repository.js';
import { ChangePreferencesHandler } from './preferences/change-preferences.handler.js';
import { PreferencesController } from './preferences/preferences.controller.js';
import { ReadAccountController } from './read-account/read-account.controller.js';
import { ReadMembershipController } from './read-membership/read-membership.controller.js';
import { SwitchAccountController } from './switch-account/switch-account.controller.js';
import { SwitchAccountHandler } from './switch-account/switch-account.handler.js';
import { UnclaimedAccountsSweeper } from './sweep-unclaimed/unclaimed-accounts.sweeper.js';

/** Static paths (`preferences`, `switch`) come before those with an id. */
const controllers = [
  ListAccountsController,
  PreferencesController,
  SwitchAccountController,
  ReadAccountController,
  ChangeAccountController,
  ListTeamController,
];

/** Answers to the questions of other services. */
const answers = [CreateAccountController, ReadMembershipController];

const repositories = [Accounts, Memberships, AccountFiguresStore, PreferencesStore];
const handlers = [CreateAccountHandler, ChangeAccountHandler, SwitchAccountHandler, ChangePreferencesHandler];
const consumers = [RegistrationsConsumer, SubscriptionsConsumer, UnclaimedAccountsSweeper];
const parts = [Clock, AccountAccessGuard, RowCounts, AccountFigures, ClaimedAccounts];

@Module({
  imports: [
    CqrsModule.forRoot(),
    MessagingModule.forService('accounts'),
    PersistenceModule.forService('accounts'),
    MailerModule,
    AuditModule,
    AuthModule.forService(),
  ],
  controllers: [...controllers, ...answers],
  providers: [
    { provide: ACCOUNTS_CONFIG, useFactory: () => loadConfig(AccountsConfig) },
    ...repositories,
    ...parts,
    ...handlers,
    ...consumers,
  ],
})
export class AccountsModule {}
