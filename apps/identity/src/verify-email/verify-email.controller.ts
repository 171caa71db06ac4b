import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Public } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { From, type Caller } from '../caller.js';
import { EmailField, requiredText } from '../domain/fields.js';
import { VerifyEmail } from './verify-email.command.js';

const VerifyBody = z
  .union(
    [
      z.strictObject({ token: requiredText('Token', 200) }),
      z.strictObject({ email: EmailField, code: requiredText('Verification code', 40) }),
    ],
    { error: 'Give the token of the link, or email and code' },
  )
  .meta({ id: 'VerifyEmail' });

@Controller('auth')
export class VerifyEmailController {
  constructor(private readonly commands: CommandBus) {}

  @Post('verify-email')
  @Public()
  @Envelope('Email address confirmed')
  @Api({
    summary: 'Confirm an address with the link or the code that was mailed to it',
    answer: z.object({ email: z.string() }),
    errors: ['auth.invalid_link', 'auth.invalid_code', 'auth.code_expired', 'generic.rate_limited'],
    invalidStatus: 422,
  })
  verify(@Body({ schema: VerifyBody }) body: z.infer<typeof VerifyBody>, @From() caller: Caller) {
    return this.commands.execute(new VerifyEmail(body, caller));
  }
}
