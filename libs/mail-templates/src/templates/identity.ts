import type { CheckedMailVariables } from '#contracts';
import { button, code, facts, greeting, note, paragraph, when } from '../mail-content.js';
import type { MailBlock, MailSurroundings, MailWriters } from '../mail-content.js';
import { durationText, momentText } from '../wording.js';

type IdentityMail =
  | 'welcome'
  | 'email_verification'
  | 'onboarding_email_otp'
  | 'password_reset'
  | 'password_changed'
  | 'email_change_requested'
  | 'email_changed'
  | 'login_notification'
  | 'sign_in_locked'
  | 'sessions_revoked'
  | 'mfa_changed'
  | 'sign_in_method_added'
  | 'sign_in_method_removed';

interface Origin {
  at: string;
  device?: string | undefined;
  ip?: string | undefined;
}

const where = ({ at, device, ip }: Origin): MailBlock[] =>
  facts(['When', momentText(at)], ['Device', device], ['IP address', ip]);

const link = (appUrl: string, path: string, parameters: Record<string, string>): string =>
  `${appUrl}${path}?${new URLSearchParams(parameters).toString()}`;

const notYou = ({ appUrl, recipient, supportAddress }: MailSurroundings): MailBlock[] => [
  paragraph('If this was not you, choose a new password now. That also ends every other session.'),
  button('Choose a new password', link(appUrl, '/reset-password', { email: recipient })),
  note(`Need help? Write to ${supportAddress}.`),
];

const NOT_ASKED = note('If you did not ask for this, you can ignore this mail; nothing changes.');

const MFA_CHANGES: Readonly<Record<CheckedMailVariables<'mfa_changed'>['change'], string>> = {
  enabled: 'Two-step sign-in is on: from now on signing in asks for a code of your authenticator app.',
  disabled: 'Two-step sign-in is off: your password alone signs in now.',
  reset: 'Two-step sign-in was reset. Set it up again to keep your account protected.',
  recovery_code_used: 'A recovery code was used to sign in. It does not work a second time.',
  recovery_codes_renewed: 'You have new recovery codes. The former ones no longer work.',
};

export const identityWriters: MailWriters<IdentityMail> = {
  welcome: ({ name, account_name }, { productName, appUrl, helpUrl }) => ({
    subject: `Welcome to ${productName}`,
    heading: `Welcome to ${productName}`,
    blocks: [
      greeting(name),
      paragraph(`Your account${account_name === undefined ? '' : ` ${account_name}`} is ready.`),
      paragraph('Connect your CRM, pick a helper, and let it do the work from then on.'),
      button('Open the app', appUrl),
      note(`First steps: ${helpUrl}`),
    ],
  }),
  email_verification: ({ name, token, code: digits, expires_in_minutes }, { productName, appUrl }) => ({
    subject: 'Confirm your e-mail address',
    heading: 'Confirm your e-mail address',
    blocks: [
      greeting(name),
      paragraph(`Please confirm that this address belongs to you, so that ${productName} can reach you.`),
      ...when(token, (text) => button('Confirm address', link(appUrl, '/verify-email', { token: text }))),
      ...when(digits, code),
      paragraph(`This works for ${durationText(expires_in_minutes)}.`),
      NOT_ASKED,
    ],
  }),
  onboarding_email_otp: ({ code: digits, expires_in_minutes }, { productName }) => ({
    subject: `Your ${productName} code`,
    heading: 'Your code',
    blocks: [
      paragraph('Enter this code to go on:'),
      code(digits),
      paragraph(`It works for ${durationText(expires_in_minutes)}.`),
      NOT_ASKED,
    ],
  }),
  password_reset: (
    { name, code: digits, code_expires_in_minutes, token, token_expires_in_minutes },
    { appUrl, recipient },
  ) => ({
    subject: 'Reset your password',
    heading: 'Reset your password',
    blocks: [
      greeting(name),
      paragraph('Somebody, hopefully you, asked for a new password for this address.'),
      ...when(digits, code),
      ...when(digits === undefined ? undefined : code_expires_in_minutes, (minutes) =>
        paragraph(`The code works for ${durationText(minutes)}.`),
      ),
      button(
        token === undefined ? 'Enter the code' : 'Choose a new password',
        link(appUrl, '/reset-password', token === undefined ? { email: recipient } : { token }),
      ),
      ...when(token === undefined ? undefined : token_expires_in_minutes, (minutes) =>
        paragraph(`The link works once, for ${durationText(minutes)}.`),
      ),
      NOT_ASKED,
    ],
  }),
  password_changed: ({ name, ...origin }, surroundings) => ({
    subject: 'Your password was changed',
    heading: 'Your password was changed',
    blocks: [
      greeting(name),
      paragraph('Your password was changed, and your other sessions have ended.'),
      ...where(origin),
      ...notYou(surroundings),
    ],
  }),
  email_change_requested: ({ name, token, expires_in_minutes }, { productName, appUrl }) => ({
    subject: 'Confirm your new e-mail address',
    heading: 'Confirm your new e-mail address',
    blocks: [
      greeting(name),
      paragraph(`Confirm that you want to sign in to ${productName} with this address from now on.`),
      button('Confirm new address', link(appUrl, '/verify-email', { token })),
      paragraph(`The link works once, for ${durationText(expires_in_minutes)}.`),
      NOT_ASKED,
    ],
  }),
  email_changed: ({ name, new_email, ...origin }, { supportAddress }) => ({
    subject: 'Your e-mail address was changed',
    heading: 'Your e-mail address was changed',
    blocks: [
      greeting(name),
      paragraph(`Your account signs in as ${new_email} now, no longer with this address.`),
      ...where(origin),
      note(`If this was not you, write to ${supportAddress} at once.`),
    ],
  }),
  login_notification: ({ name, ...origin }, surroundings) => ({
    subject: `New sign-in to ${surroundings.productName}`,
    heading: 'New sign-in',
    blocks: [
      greeting(name),
      paragraph('Somebody signed in to your account from a device or network that we had not seen before.'),
      ...where(origin),
      paragraph('If this was you, there is nothing to do.'),
      ...notYou(surroundings),
    ],
  }),
  sign_in_locked: ({ name, until, ip }, surroundings) => ({
    subject: 'Signing in is locked for a while',
    heading: 'Too many wrong passwords',
    blocks: [
      greeting(name),
      paragraph('Somebody tried too many wrong passwords, so signing in is locked for a while.'),
      ...facts(['Locked until', momentText(until)], ['IP address', ip]),
      ...notYou(surroundings),
    ],
  }),
  sessions_revoked: ({ name, ...origin }, surroundings) => ({
    subject: 'We ended a session for your safety',
    heading: 'We ended a session for your safety',
    blocks: [
      greeting(name),
      paragraph('A sign-in token that had been used before was used again. It may have been copied, so we ended it.'),
      ...where(origin),
      paragraph('Sign in again to go on.'),
      ...notYou(surroundings),
    ],
  }),
  mfa_changed: ({ name, change, recovery_codes_left, ...origin }, surroundings) => ({
    subject: 'Your two-step sign-in changed',
    heading: 'Your two-step sign-in changed',
    blocks: [
      greeting(name),
      paragraph(MFA_CHANGES[change]),
      ...when(recovery_codes_left, (left) => paragraph(`Recovery codes left: ${left}.`)),
      ...where(origin),
      ...notYou(surroundings),
    ],
  }),
  sign_in_method_added: ({ name, method, ...origin }, surroundings) => ({
    subject: `${method} can sign in to your account now`,
    heading: 'A new way to sign in',
    blocks: [
      greeting(name),
      paragraph(`Your account can be signed in to with ${method} from now on.`),
      ...where(origin),
      ...notYou(surroundings),
    ],
  }),
  sign_in_method_removed: ({ name, method, ...origin }, surroundings) => ({
    subject: `${method} no longer signs in to your account`,
    heading: 'A way to sign in was removed',
    blocks: [
      greeting(name),
      paragraph(`Your account cannot be signed in to with ${method} any more. Your password works as before.`),
      ...where(origin),
      ...notYou(surroundings),
    ],
  }),
};
