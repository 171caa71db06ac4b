import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AuditModule } from '#audit';
import { AuthModule } from '#auth';
import { MailerModule } from '#mailer';
import { MessagingModule } from '#messaging';
import { PersistenceModule } from '#persistence';
import { loadConfig } from '#service-defaults';
import { AcceptInvitationController } from './accept-invitation/accept-invitation.controller.js';
import { AcceptInvitationHandler } from './accept-invitation/accept-invitation.handler.js';
import { JoinedMembers } from './accept-invitation/joined-members.js';
import { OfferedInvitations } from './accept-invitation/offered-invitation.js';
import { AccountRoles } from './access/account-roles.js';
import { CloseAccountController } from './close-account/close-account.controller.js';
import { CloseAccountHandler } from './close-account/close-account.handler.js';
import { DueErasures } from './erase-accounts/due-erasures.js';
import { ErasureReports } from './erase-accounts/erasure-reports.js';
import { ErasureReportsConsumer } from './erase-accounts/erasure-reports.consumer.js';
import { ErasuresSweeper } from './erase-accounts/erasures.sweeper.js';
import { Erasures } from './persistence/erasures.repository.js';
import { RestoreAccountController } from './restore-account/restore-account.controller.js';
import { RestoreAccountHandler } from './restore-account/restore-account.handler.js';
import { ChangeMemberRoleController } from './change-member-role/change-member-role.controller.js';
import { ChangeMemberRoleHandler } from './change-member-role/change-member-role.handler.js';
import { ExpiredInvitations } from './expire-invitations/expired-invitations.js';
import { InvitationsSweeper } from './expire-invitations/invitations.sweeper.js';
import { InvitationMail } from './invite-member/invitation-mail.js';
import { InviteMemberController } from './invite-member/invite-member.controller.js';
import { InviteMemberHandler } from './invite-member/invite-member.handler.js';
import { ListInvitationsController } from './list-invitations/list-invitations.controller.js';
import { OpenAccountController } from './open-account/open-account.controller.js';
import { OpenAccountHandler } from './open-account/open-account.handler.js';
import { SubAccountLimit } from './open-account/sub-account-limit.js';
import { ReadHierarchyController } from './read-hierarchy/read-hierarchy.controller.js';
import { TransferOwnershipController } from './transfer-ownership/transfer-ownership.controller.js';
import { TransferOwnershipHandler } from './transfer-ownership/transfer-ownership.handler.js';
import { People } from './people/people.js';
import { TeamMails } from './people/team-mails.js';
import { Invitations } from './persistence/invitations.repository.js';
import { PreviewInvitationController } from './preview-invitation/preview-invitation.controller.js';
import { RemoveMemberController } from './remove-member/remove-member.controller.js';
import { RemoveMemberHandler } from './remove-member/remove-member.handler.js';
import { ResendInvitationController } from './resend-invitation/resend-invitation.controller.js';
import { ResendInvitationHandler } from './resend-invitation/resend-invitation.handler.js';
import { RevokeInvitationController } from './revoke-invitation/revoke-invitation.controller.js';
import { RevokeInvitationHandler } from './revoke-invitation/revoke-invitation.handler.js';
import { RevokedInvitations } from './revoke-invitation/revoked-invitations.js';
import { InvitationRate } from './team-limit/invitation-rate.js';
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
  OpenAccountController,
  ReadHierarchyController,
  TransferOwnershipController,
  CloseAccountController,
  RestoreAccountController,
  ReadAccountController,
  ChangeAccountController,
  ListTeamController,
  InviteMemberController,
  ChangeMemberRoleController,
  RemoveMemberController,
  ListInvitationsController,
  ResendInvitationController,
  RevokeInvitationController,
  AcceptInvitationController,
  PreviewInvitationController,
];

/** Answers to the questions of other services. */
const answers = [CreateAccountController, ReadMembershipController];

const repositories = [Accounts, Memberships, Invitations, Erasures, AccountFiguresStore, PreferencesStore];
const handlers = [
  CreateAccountHandler,
  ChangeAccountHandler,
  SwitchAccountHandler,
  ChangePreferencesHandler,
  InviteMemberHandler,
  ChangeMemberRoleHandler,
  RemoveMemberHandler,
  ResendInvitationHandler,
  RevokeInvitationHandler,
  AcceptInvitationHandler,
  OpenAccountHandler,
  TransferOwnershipHandler,
  CloseAccountHandler,
  RestoreAccountHandler,
];
const consumers = [
  RegistrationsConsumer,
  SubscriptionsConsumer,
  UnclaimedAccountsSweeper,
  InvitationsSweeper,
  ErasuresSweeper,
  ErasureReportsConsumer,
];
const parts = [
  Clock,
  AccountAccessGuard,
  AccountRoles,
  RowCounts,
  AccountFigures,
  ClaimedAccounts,
  People,
  InvitationRate,
  InvitationMail,
  TeamMails,
  ExpiredInvitations,
  RevokedInvitations,
  OfferedInvitations,
  JoinedMembers,
  SubAccountLimit,
  DueErasures,
  ErasureReports,
];

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
