import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Public } from '#auth';
import { Api, Envelope, NoData } from '#service-defaults';
import { EmailField } from '../domain/fields.js';
import { RequestVerification } from './request-verification.command.js';

const RequestBody = z
  .strictObject({ email: EmailField, method: z.enum(['link', 'code']).default('link') })
  .meta({ id: 'RequestVerification' });

@Controller('auth')
export class RequestVerificationController {
  constructor(private readonly commands: CommandBus) {}

  @Post('verify-email/request')
  @Public()
  @Envelope('If the address is not confirmed yet, a mail is on its way')
  @Api({
    summary: 'Ask for a mail that confirms an address, with a link or a code',
    answer: NoData,
    errors: ['generic.rate_limited'],
    invalidStatus: 422,
  })
  async request(@Body({ schema: RequestBody }) body: z.infer<typeof RequestBody>): Promise<void> {
    await this.commands.execute(new RequestVerification(body.email, body.method === 'code' ? 'code' : 'token'));
  }
}
