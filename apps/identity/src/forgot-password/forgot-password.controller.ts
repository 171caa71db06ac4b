import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Public } from '#auth';
import { Api, Envelope, NoData } from '#service-defaults';
import { EmailField } from '../domain/fields.js';
import { ForgotPassword } from './forgot-password.command.js';

const ForgotBody = z.object({ email: EmailField }).meta({ id: 'ForgotPassword' });

@Controller('auth')
export class ForgotPasswordController {
  constructor(private readonly commands: CommandBus) {}

  @Post('forgot-password')
  @Public()
  @Envelope('If the address belongs to an account, a mail with a code and a link is on its way')
  @Api({
    summary: 'Ask for a code and a link by mail that set another password',
    answer: NoData,
    errors: ['generic.rate_limited'],
  })
  async forgot(@Body({ schema: ForgotBody }) body: z.infer<typeof ForgotBody>): Promise<void> {
    await this.commands.execute(new ForgotPassword(body.email));
  }
}
