import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Public } from '#auth';
import { Api } from '#service-defaults';
import { From, type Caller } from '../caller.js';
import { looksLikeEmail, normalEmail } from '../domain/email-address.js';
import { optionalText } from '../domain/fields.js';
import { SignedInView, signedInAnswer } from '../views/signed-in-view.js';
import { SignIn, type SignInProof } from './sign-in.command.js';

const LONGEST_PASSWORD = 1_024;

/** Address and password, or the token of a sign-in that waits for its code. */
const LoginBody = z
  .object({
    email: optionalText('Email', 254)
      .refine((email) => email === undefined || looksLikeEmail(email), 'Email address is not valid')
      .transform((email) => (email === undefined ? undefined : normalEmail(email))),
    password: z.string({ error: 'Password must be text' }).max(LONGEST_PASSWORD, 'Password is too long').nullish(),
    mfa_token: optionalText('MFA token', 200),
    mfa_code: optionalText('Code', 40).transform((code) => code?.replace(/\s/g, '')),
  })
  .superRefine(({ email, password, mfa_token, mfa_code }, context) => {
    const missing = (field: string, label: string): void =>
      context.addIssue({ code: 'custom', path: [field], message: `${label} is required` });
    if (mfa_token !== undefined) {
      if (mfa_code === undefined) missing('mfa_code', 'Code');
      return;
    }
    if (email === undefined) missing('email', 'Email');
    if (password === undefined || password === null || password === '') missing('password', 'Password');
  })
  .meta({ id: 'Login' });
type LoginBody = z.infer<typeof LoginBody>;

const proofOf = ({ email, password, mfa_token: mfaToken }: LoginBody): SignInProof =>
  mfaToken === undefined ? { email: email ?? '', password: password ?? '' } : { mfaToken };

@Controller('auth')
export class SignInController {
  constructor(private readonly commands: CommandBus) {}

  @Post('login')
  @Public()
  @Api({
    summary: 'Sign in with address and password',
    description:
      'Where two-step sign-in is on, the first call answers 401 `auth.mfa_required` with an `mfa_token` that is good ' +
      'for five minutes; the second call brings it with `mfa_code`, a code of the authenticator app or a recovery ' +
      'code. Address, password and code may also come together.',
    answer: SignedInView,
    errors: [
      'auth.invalid_credentials',
      'auth.mfa_required',
      'auth.invalid_mfa_code',
      'auth.sign_in_expired',
      'auth.email_not_verified',
      'account.suspended',
      'generic.rate_limited',
    ],
  })
  async login(@Body({ schema: LoginBody }) body: LoginBody, @From() caller: Caller) {
    const signedIn = await this.commands.execute(new SignIn(proofOf(body), body.mfa_code, caller));
    return signedInAnswer(signedIn, 'Login successful');
  }
}
