import { z } from 'zod';
import { Problem } from '#contracts';
import { requiredText, typedPassword } from '../domain/fields.js';

const LONGEST_CODE = 40;

/** A code of an authenticator app, or a recovery code, however it was typed. */
export const MfaCodeField = requiredText('Code', LONGEST_CODE).transform((code) => code.replace(/\s/g, ''));

/** What switching off and renewing ask for: both steps again. */
export const BothSteps = z.strictObject({ password: typedPassword('Password'), code: MfaCodeField });

/** The only time that recovery codes are shown. */
export const RecoveryCodesView = z.object({ recovery_codes: z.array(z.string()) });

export const mfaNotEnabled = (): Problem =>
  new Problem(409, 'auth.mfa_not_enabled', 'Two-step sign-in is not switched on');

export const mfaAlreadyEnabled = (): Problem =>
  new Problem(409, 'auth.mfa_already_enabled', 'Two-step sign-in is on already; switch it off to set it up anew');
