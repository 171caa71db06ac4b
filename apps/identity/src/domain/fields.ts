import { z } from 'zod';
import { looksLikeEmail, normalEmail } from './email-address.js';
import { passwordFault } from './password-policy.js';
import { normalPhoneNumber } from './phone-number.js';

const LONGEST_EMAIL = 254;
const LONGEST_NAME = 200;

/** A text that must be there. @param label how a person calls the field */
export const requiredText = (label: string, longest: number) =>
  z
    .string({
      error: ({ input }) => (input === undefined || input === null ? `${label} is required` : `${label} must be text`),
    })
    .trim()
    .min(1, `${label} is required`)
    .max(longest, `${label} is too long`);

/** A text that may be left out; forms send an empty one for that. */
export const optionalText = (label: string, longest: number) =>
  z
    .string({ error: `${label} must be text` })
    .trim()
    .max(longest, `${label} is too long`)
    .nullish()
    .transform((text) => (text === null || text === '' ? undefined : text));

export const EmailField = requiredText('Email', LONGEST_EMAIL)
  .refine(looksLikeEmail, 'Email address is not valid')
  .transform(normalEmail);

export const NameField = requiredText('Name', LONGEST_NAME);
export const CompanyField = optionalText('Company', LONGEST_NAME);

export const PhoneField = optionalText('Phone number', 40)
  .refine((phone) => phone === undefined || phone.startsWith('+'), 'Phone number must start with +')
  .transform((phone, context) => {
    const number = phone === undefined ? undefined : normalPhoneNumber(phone);
    if (phone?.startsWith('+') === true && number === undefined) {
      context.addIssue({ code: 'custom', message: 'Phone number is not valid' });
    }
    return number;
  });

/** A password as somebody types it to sign in: any, but not a book. */
export const typedPassword = (label: string) =>
  z
    .string({
      error: ({ input }) => (input === undefined || input === null ? `${label} is required` : `${label} must be text`),
    })
    .min(1, `${label} is required`)
    .max(1_024, `${label} is too long`);

/** A password that is to be set: it must keep the policy. */
export const newPassword = (label: string) =>
  typedPassword(label).superRefine((password, context) => {
    const fault = passwordFault(password);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault.message, params: { rule: fault.code } });
  });
