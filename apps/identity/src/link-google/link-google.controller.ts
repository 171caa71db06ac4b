import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Public } from '#auth';
import { Api } from '#service-defaults';
import { From, type Caller } from '../caller.js';
import { requiredText, typedPassword } from '../domain/fields.js';
import { MfaCodeField } from '../second-factor/second-factor-fields.js';
import { SignedInView, signedInAnswer } from '../views/signed-in-view.js';
import { LinkGoogle } from './link-google.command.js';

const LinkBody = z
  .strictObject({
    link_token: requiredText('Link token', 200),
    password: typedPassword('Password'),
    mfa_code: MfaCodeField.optional(),
  })
  .meta({ id: 'LinkGoogle' });

@Controller('auth')
export class LinkGoogleController {
  constructor(private readonly commands: CommandBus) {}

  @Post('google/link')
  @Public()
  @Api({
    summary: 'Link a person at Google to the user with the same address by its password, and sign in',
    answer: SignedInView,
    errors: [
      'auth.sign_in_expired',
      'auth.invalid_credentials',
      'auth.no_password',
      'auth.google_already_linked',
      'auth.mfa_required',
      'auth.invalid_mfa_code',
      'account.suspended',
      'generic.rate_limited',
    ],
    invalidStatus: 422,
  })
  async link(@Body({ schema: LinkBody }) body: z.infer<typeof LinkBody>, @From() caller: Caller) {
    const wish = { linkToken: body.link_token, password: body.password, mfaCode: body.mfa_code };
    return signedInAnswer(await this.commands.execute(new LinkGoogle(wish, caller)), 'Login successful');
  }
}
