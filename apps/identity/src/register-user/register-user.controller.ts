import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Public } from '#auth';
import { Api } from '#service-defaults';
import { From, type Caller } from '../caller.js';
import { CompanyField, EmailField, NameField, newPassword, PhoneField } from '../domain/fields.js';
import { SignedInView, signedInAnswer } from '../views/signed-in-view.js';
import { RegisterUser } from './register-user.command.js';

const RegisterBody = z
  .object({
    email: EmailField,
    password: newPassword('Password'),
    name: NameField,
    phone_number: PhoneField,
    company: CompanyField,
  })
  .meta({ id: 'Register' });

@Controller('auth')
export class RegisterUserController {
  constructor(private readonly commands: CommandBus) {}

  @Post('register')
  @Public()
  @Api({
    summary: 'Register a user with an account of their own, and sign in',
    answer: SignedInView,
    errors: ['identity.email_taken', 'generic.rate_limited'],
  })
  async register(@Body({ schema: RegisterBody }) body: z.infer<typeof RegisterBody>, @From() caller: Caller) {
    const { phone_number: phoneNumber, ...form } = body;
    const signedIn = await this.commands.execute(new RegisterUser({ ...form, phoneNumber }, caller));
    return signedInAnswer(signedIn, 'Registration successful');
  }
}
