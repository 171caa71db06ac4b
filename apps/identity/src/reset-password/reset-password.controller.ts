import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Public } from '#auth';
import { Api, Envelope, NoData } from '#service-defaults';
import { From, type Caller } from '../caller.js';
import { looksLikeEmail, normalEmail } from '../domain/email-address.js';
import { newPassword, optionalText } from '../domain/fields.js';
import { ResetPassword, type ResetProof } from './reset-password.command.js';

/** Either the link's token, or address and code. */
const ResetBody = z
  .object({
    email: optionalText('Email', 254)
      .refine((email) => email === undefined || looksLikeEmail(email), 'Email address is not valid')
      .transform((email) => (email === undefined ? undefined : normalEmail(email))),
    code: optionalText('Verification code', 40),
    token: optionalText('Token', 200),
    new_password: newPassword('New password'),
  })
  .superRefine(({ email, code, token }, context) => {
    if (token !== undefined) return;
    if (email === undefined) context.addIssue({ code: 'custom', path: ['email'], message: 'Email is required' });
    if (code === undefined) {
      context.addIssue({ code: 'custom', path: ['code'], message: 'Verification code is required' });
    }
  })
  .meta({ id: 'ResetPassword' });
type ResetBody = z.infer<typeof ResetBody>;

const proofOf = ({ token, email = '', code = '' }: ResetBody): ResetProof =>
  token === undefined ? { email, code } : { token };

@Controller('auth')
export class ResetPasswordController {
  constructor(private readonly commands: CommandBus) {}

  @Post('reset-password')
  @Public()
  @Envelope('Password has been reset, please sign in')
  @Api({
    summary: 'Set another password with the code or the link of the mail; all sessions end',
    answer: NoData,
    errors: ['auth.invalid_code', 'auth.code_expired', 'auth.invalid_link', 'generic.rate_limited'],
  })
  async reset(@Body({ schema: ResetBody }) body: ResetBody, @From() caller: Caller): Promise<void> {
    await this.commands.execute(new ResetPassword(proofOf(body), body.new_password, caller));
  }
}
