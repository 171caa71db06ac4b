import { z } from 'zod';
import { SECOND_FACTOR_CHANGES } from '../events/identity.events.js';
import { defineMailTemplate, greetedName, line, minutes, moment, secretText } from './define-mail-template.js';

/** Where something was done from, as the recipient would recognise it. */
const origin = { at: moment, device: line.optional(), ip: line.optional() };

/** A mail without both would ask for something that it does not hold. */
const oneWay = [
  ({ token, code }: { token?: string | undefined; code?: string | undefined }): boolean =>
    token !== undefined || code !== undefined,
  { message: 'a token or a code is needed' },
] as const;

export const identityMails = {
  welcome: defineMailTemplate({
    summary: 'Somebody registered.',
    variables: z.object({ name: greetedName, account_name: line.optional() }),
  }),
  email_verification: defineMailTemplate({
    summary: 'An address is to be confirmed, by link (`token`), by `code`, or by either.',
    variables: z
      .object({
        name: greetedName,
        token: secretText.optional(),
        code: secretText.optional(),
        expires_in_minutes: minutes,
      })
      .refine(...oneWay),
    secrets: ['token', 'code'],
  }),
  onboarding_email_otp: defineMailTemplate({
    summary: 'A six-digit code confirms an address during registration.',
    variables: z.object({ code: secretText, expires_in_minutes: minutes }),
    secrets: ['code'],
  }),
  password_reset: defineMailTemplate({
    summary: 'Somebody forgot the password: a `code`, a link (`token`), or both with a life of its own each.',
    variables: z
      .object({
        name: greetedName,
        code: secretText.optional(),
        code_expires_in_minutes: minutes.optional(),
        token: secretText.optional(),
        token_expires_in_minutes: minutes.optional(),
      })
      .refine(...oneWay),
    secrets: ['code', 'token'],
  }),
  password_changed: defineMailTemplate({
    summary: 'The password was changed or reset.',
    variables: z.object({ name: greetedName, ...origin }),
  }),
  email_change_requested: defineMailTemplate({
    summary: 'To the new address: a link confirms that it belongs to the user.',
    variables: z.object({ name: greetedName, token: secretText, expires_in_minutes: minutes }),
    secrets: ['token'],
  }),
  email_changed: defineMailTemplate({
    summary: 'To the former address: it no longer signs in.',
    variables: z.object({ name: greetedName, new_email: line, ...origin }),
  }),
  login_notification: defineMailTemplate({
    summary: 'Somebody signed in from a device and network that the user has not used before.',
    variables: z.object({ name: greetedName, ...origin }),
  }),
  sign_in_locked: defineMailTemplate({
    summary: 'Too many wrong passwords: signing in is refused for a while.',
    variables: z.object({ name: greetedName, until: moment, ip: line.optional() }),
  }),
  sessions_revoked: defineMailTemplate({
    summary: 'A used refresh token came back, so its sessions were ended.',
    variables: z.object({ name: greetedName, ...origin }),
  }),
  mfa_changed: defineMailTemplate({
    summary: 'The second factor was switched on or off, reset, or a recovery code was spent or renewed.',
    variables: z.object({
      name: greetedName,
      change: z.enum(SECOND_FACTOR_CHANGES),
      recovery_codes_left: z.number().int().min(0).optional(),
      ...origin,
    }),
  }),
  sign_in_method_added: defineMailTemplate({
    summary: 'Another way to sign in was linked, such as Google.',
    variables: z.object({ name: greetedName, method: line, ...origin }),
  }),
  sign_in_method_removed: defineMailTemplate({
    summary: 'A way to sign in, such as Google, no longer works.',
    variables: z.object({ name: greetedName, method: line, ...origin }),
  }),
} as const;
