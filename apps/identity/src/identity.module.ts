import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AuditModule } from '#audit';
import { AuthModule } from '#auth';
import { MailerModule } from '#mailer';
import { MessagingModule } from '#messaging';
import { PersistenceModule } from '#persistence';
import { SealingModule } from '#sealing';
import { ActivateInvitedUserController } from './activate-invited-user/activate-invited-user.controller.js';
import { ActivateInvitedUserHandler } from './activate-invited-user/activate-invited-user.handler.js';
import { AnswerRevocationsController } from './answer-revocations/answer-revocations.controller.js';
import { AuditEntriesConsumer } from './audit-log/audit-entries.consumer.js';
import { ReadAuditLogController } from './audit-log/read-audit-log.controller.js';
import { ChangePasswordController } from './change-password/change-password.controller.js';
import { ChangePasswordHandler } from './change-password/change-password.handler.js';
import { ChangeProfileController } from './change-profile/change-profile.controller.js';
import { ChangeProfileHandler } from './change-profile/change-profile.handler.js';
import { Clock } from './clock.js';
import { CompleteOnboardingController } from './complete-onboarding/complete-onboarding.controller.js';
import { CompleteOnboardingHandler } from './complete-onboarding/complete-onboarding.handler.js';
import { ConfirmPasswordController } from './confirm-password/confirm-password.controller.js';
import { CreateApiKeyController } from './create-api-key/create-api-key.controller.js';
import { CreateApiKeyHandler } from './create-api-key/create-api-key.handler.js';
import { CreateOwnerController } from './create-owner/create-owner.controller.js';
import { CreateOwnerHandler } from './create-owner/create-owner.handler.js';
import { DescribeUsersController } from './describe-users/describe-users.controller.js';
import { EndSessionController } from './end-session/end-session.controller.js';
import { EndSessionHandler } from './end-session/end-session.handler.js';
import { ExchangeApiKeyController } from './exchange-api-key/exchange-api-key.controller.js';
import { ExchangeApiKeyHandler } from './exchange-api-key/exchange-api-key.handler.js';
import { MembershipsConsumer } from './follow-memberships/memberships.consumer.js';
import { VoidedTokens } from './follow-memberships/voided-tokens.js';
import { ForgotPasswordController } from './forgot-password/forgot-password.controller.js';
import { ForgotPasswordHandler } from './forgot-password/forgot-password.handler.js';
import { google } from './google/google.providers.js';
import { InviteUserController } from './invite-user/invite-user.controller.js';
import { InviteUserHandler } from './invite-user/invite-user.handler.js';
import { AppAccounts } from './link-apps/app-accounts.js';
import { EndedGrants } from './link-apps/ended-grants.js';
import { Interactions } from './link-apps/interactions.js';
import { Linking } from './link-apps/linking.js';
import { OAuthAdapters } from './link-apps/oauth-adapter.js';
import { OAuthProvider } from './link-apps/oauth-provider.js';
import { OAuthRoutes } from './link-apps/oauth-routes.js';
import { PublishMetadataController } from './link-apps/publish-metadata.controller.js';
import { ListApiKeysController } from './list-api-keys/list-api-keys.controller.js';
import { ListGrantsController } from './list-grants/list-grants.controller.js';
import { ListSessionsController } from './list-sessions/list-sessions.controller.js';
import { NoticedSignIns } from './notice-sign-in/noticed-sign-ins.js';
import { OneTimeSecrets } from './one-time-secrets/one-time-secrets.js';
import { ShownSecrets } from './one-time-secrets/shown-secrets.js';
import { VerificationMails } from './one-time-secrets/verification-mails.js';
import { FormerPasswords } from './passwords/former-passwords.js';
import { PasswordThreads } from './passwords/password-threads.js';
import { Passwords } from './passwords/passwords.js';
import { ApiKeys } from './persistence/api-keys.repository.js';
import { AppGrants } from './persistence/app-grants.repository.js';
import { AuditEntries } from './persistence/audit-entries.repository.js';
import { InstallationSecrets } from './persistence/installation-secrets.repository.js';
import { OAuthRecords } from './persistence/oauth-records.repository.js';
import { OneTimeSecretStore } from './persistence/one-time-secrets.repository.js';
import { RefreshTokens } from './persistence/refresh-tokens.repository.js';
import { Sessions } from './persistence/sessions.repository.js';
import { SignInLocks } from './persistence/sign-in-locks.repository.js';
import { SigningKeys } from './persistence/signing-keys.repository.js';
import { ThrottleBuckets } from './persistence/throttle-buckets.repository.js';
import { Users } from './persistence/users.repository.js';
import { PublishKeysController } from './publish-keys/publish-keys.controller.js';
import { ReadPermissionsController } from './read-permissions/read-permissions.controller.js';
import { ReadStatusController } from './read-status/read-status.controller.js';
import { RefreshSessionController } from './refresh-session/refresh-session.controller.js';
import { RefreshSessionHandler } from './refresh-session/refresh-session.handler.js';
import { RegisterUserController } from './register-user/register-user.controller.js';
import { RegisterUserHandler } from './register-user/register-user.handler.js';
import { RegistrationThrottle } from './register-user/registration-throttle.js';
import { Welcomes } from './register-user/welcomes.js';
import { RequestVerificationController } from './request-verification/request-verification.controller.js';
import { RequestVerificationHandler } from './request-verification/request-verification.handler.js';
import { ResetPasswordController } from './reset-password/reset-password.controller.js';
import { ResetPasswordHandler } from './reset-password/reset-password.handler.js';
import { RevokeApiKeyController } from './revoke-api-key/revoke-api-key.controller.js';
import { RevokeApiKeyHandler } from './revoke-api-key/revoke-api-key.handler.js';
import { RevokeGrantController } from './revoke-grant/revoke-grant.controller.js';
import { RevokeGrantHandler } from './revoke-grant/revoke-grant.handler.js';
import { RotateApiKeyController } from './rotate-api-key/rotate-api-key.controller.js';
import { RotateApiKeyHandler } from './rotate-api-key/rotate-api-key.handler.js';
import { RotateSigningKeysController } from './rotate-signing-keys/rotate-signing-keys.controller.js';
import { RotateSigningKeysHandler } from './rotate-signing-keys/rotate-signing-keys.handler.js';
import { secondFactor } from './second-factor/second-factor.providers.js';
import { AccessTokens } from './sessions/access-tokens.js';
import { DerivationKey } from './sessions/derivation-key.js';
import { EndedSessions } from './sessions/ended-sessions.js';
import { Memberships } from './sessions/memberships.js';
import { SessionBook } from './sessions/session-book.js';
import { IDENTITY_SETTINGS, loadSettings } from './settings.js';
import { signInParts } from './sign-in/sign-in.providers.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { SignInHandler } from './sign-in/sign-in.handler.js';
import { SignOutController } from './sign-out/sign-out.controller.js';
import { SignOutEverywhereHandler, SignOutHandler, SignOutOthersHandler } from './sign-out/sign-out.handlers.js';
import { NewOwners } from './sign-up/new-owner.js';
import { SigningKeyRing } from './signing-keys/signing-key-ring.js';
import { SwitchSessionController } from './switch-session/switch-session.controller.js';
import { SwitchSessionHandler } from './switch-session/switch-session.handler.js';
import { MailThrottle } from './throttling/mail-throttle.js';
import { SignInGuard } from './throttling/sign-in-guard.js';
import { Throttle } from './throttling/throttle.js';
import { VerifyEmailController } from './verify-email/verify-email.controller.js';
import { VerifyEmailHandler } from './verify-email/verify-email.handler.js';

const controllers = [
  RegisterUserController,
  SignInController,
  RefreshSessionController,
  ReadStatusController,
  ReadPermissionsController,
  SignOutController,
  ListSessionsController,
  EndSessionController,
  ChangeProfileController,
  ChangePasswordController,
  ForgotPasswordController,
  ResetPasswordController,
  RequestVerificationController,
  VerifyEmailController,
  CompleteOnboardingController,
  ListApiKeysController,
  CreateApiKeyController,
  RevokeApiKeyController,
  RotateApiKeyController,
  PublishKeysController,
  PublishMetadataController,
  ListGrantsController,
  RevokeGrantController,
  ReadAuditLogController,
];

/** Answers to the questions of other services. */
const answers = [
  AnswerRevocationsController,
  ExchangeApiKeyController,
  DescribeUsersController,
  SwitchSessionController,
  CreateOwnerController,
  InviteUserController,
  ActivateInvitedUserController,
  ConfirmPasswordController,
  RotateSigningKeysController,
];

const handlers = [
  RegisterUserHandler,
  CreateOwnerHandler,
  SignInHandler,
  RefreshSessionHandler,
  SwitchSessionHandler,
  SignOutHandler,
  SignOutOthersHandler,
  SignOutEverywhereHandler,
  EndSessionHandler,
  ChangeProfileHandler,
  ChangePasswordHandler,
  ForgotPasswordHandler,
  ResetPasswordHandler,
  RequestVerificationHandler,
  VerifyEmailHandler,
  CompleteOnboardingHandler,
  CreateApiKeyHandler,
  RevokeApiKeyHandler,
  RevokeGrantHandler,
  RotateApiKeyHandler,
  ExchangeApiKeyHandler,
  RotateSigningKeysHandler,
  InviteUserHandler,
  ActivateInvitedUserHandler,
];

const repositories = [
  Users,
  Sessions,
  RefreshTokens,
  ApiKeys,
  AppGrants,
  OAuthRecords,
  SigningKeys,
  InstallationSecrets,
  ThrottleBuckets,
  SignInLocks,
  OneTimeSecretStore,
  AuditEntries,
];

const parts = [
  Clock,
  PasswordThreads,
  Passwords,
  FormerPasswords,
  Throttle,
  SignInGuard,
  MailThrottle,
  OneTimeSecrets,
  ShownSecrets,
  VerificationMails,
  Welcomes,
  RegistrationThrottle,
  SigningKeyRing,
  DerivationKey,
  AccessTokens,
  SessionBook,
  NoticedSignIns,
  EndedGrants,
  EndedSessions,
  AppAccounts,
  OAuthAdapters,
  OAuthProvider,
  Interactions,
  Linking,
  OAuthRoutes,
  Memberships,
  NewOwners,
  AuditEntriesConsumer,
  VoidedTokens,
  MembershipsConsumer,
];

@Module({
  imports: [
    CqrsModule.forRoot(),
    MessagingModule.forService('identity'),
    PersistenceModule.forService('identity'),
    MailerModule,
    AuditModule,
    SealingModule,
    AuthModule.forService(),
  ],
  controllers: [...controllers, ...secondFactor.controllers, ...google.controllers, ...answers],
  providers: [
    { provide: IDENTITY_SETTINGS, useFactory: loadSettings },
    ...repositories,
    ...parts,
    ...signInParts,
    ...secondFactor.providers,
    ...google.providers,
    ...handlers,
  ],
})
export class IdentityModule {}
