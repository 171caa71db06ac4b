import type { MailTemplateId, MailVariables } from '#contracts';

const at = '2026-03-05T14:05:00.000Z';
const later = '2026-03-12T14:05:00.000Z';
const origin = { at, device: 'Firefox on Linux', ip: '203.0.113.7' };
const account = { name: 'Ada', account_name: 'Analytical Engines' };
const subscription = { ...account, plan_name: 'Grow' };
const amount = { minor: 4_900, currency: 'usd' };

/** Made-up variables of every template, for previews and snapshots. */
export const sampleVariables: { readonly [Id in MailTemplateId]: MailVariables<Id> } = {
  welcome: account,
  email_verification: { name: 'Ada', token: 'sample-token', expires_in_minutes: 1_440 },
  onboarding_email_otp: { code: '123456', expires_in_minutes: 15 },
  password_reset: {
    name: 'Ada',
    code: '123456',
    code_expires_in_minutes: 15,
    token: 'sample-token',
    token_expires_in_minutes: 30,
  },
  password_changed: { name: 'Ada', ...origin },
  email_change_requested: { name: 'Ada', token: 'sample-token', expires_in_minutes: 1_440 },
  email_changed: { name: 'Ada', new_email: 'ada@new.example.com', ...origin },
  login_notification: { name: 'Ada', ...origin },
  sign_in_locked: { name: 'Ada', until: later, ip: '203.0.113.7' },
  sessions_revoked: { name: 'Ada', ...origin },
  mfa_changed: { name: 'Ada', change: 'recovery_code_used', recovery_codes_left: 9, ...origin },
  sign_in_method_added: { name: 'Ada', method: 'Google', ...origin },
  sign_in_method_removed: { name: 'Ada', method: 'Google', ...origin },
  team_invite: {
    inviter_name: 'Charles',
    inviter_email: 'charles@example.com',
    account_name: 'Analytical Engines',
    role: 'admin',
    token: 'sample-token',
    expires_at: later,
  },
  team_changed: { ...account, change: 'role_changed', member_name: 'Charles', you: false, role: 'viewer' },
  ownership_transferred: { ...account, from_name: 'Ada', to_name: 'Charles' },
  account_deletion_scheduled: { ...account, erase_at: later, requested_by: 'Charles' },
  account_restored: account,
  account_erased: account,
  subscription_welcome: { ...subscription, trial_ends_at: later },
  subscription_updated: { ...subscription, change: 'upgraded', former_plan_name: 'Start', effective_at: later },
  subscription_canceled: { ...subscription, ends_at: later },
  trial_ending: { ...subscription, ends_at: later, amount },
  payment_failed: { ...subscription, amount, grace_until: later, pay_url: 'https://pay.example.com/i/1' },
  payment_succeeded: { ...subscription, amount, invoice_number: 'MFH-1', invoice_url: 'https://pay.example.com/i/1' },
  invoice_generated: { ...subscription, amount, invoice_number: 'MFH-1', due_at: later },
  usage_alert: {
    ...subscription,
    resource_name: 'executions',
    percent: 80,
    current: 8_000,
    limit: 10_000,
    resets_at: later,
  },
  execution_alert: {
    ...account,
    helper_name: 'Tag new customers',
    error_message: 'The CRM does not know this tag.',
    failures: 3,
    helper_id: 'helper:1',
  },
  connection_alert: {
    ...account,
    connection_name: 'Main CRM',
    platform_name: 'Keap',
    problem: 'authorisation_expired',
  },
  helper_report: { name: 'Ada', helper_name: 'Count tags', details: '12 contacts have the tag.\n3 of them are new.' },
  weekly_summary: {
    ...account,
    week_start: at,
    week_end: later,
    total_helpers: 4,
    total_executed: 1_200,
    total_succeeded: 1_188,
    total_failed: 12,
    top_helper: 'Tag new customers',
  },
  account_notification: {
    name: 'Ada',
    subject: 'Maintenance on Sunday',
    message: 'Executions wait for ten minutes.\nNothing is lost.',
    app_path: '/status',
  },
};
