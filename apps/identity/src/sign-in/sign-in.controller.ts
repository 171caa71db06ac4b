import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Public } from '#auth';
import { Api } from '#service-defaults';
import { From, type Caller } from '../caller.js';
import { EmailField, typedPassword } from '../domain/fields.js';
import { SignedInView, signedInAnswer } from '../views/signed-in-view.js';
import { SignIn } from './sign-in.command.js';

const LoginBody = z.object({ email: EmailField, password: typedPassword('Password') }).meta({ id: 'Login' });

@Controller('auth')
export class SignInController {
  constructor(private readonly commands: CommandBus) {}

  @Post('login')
  @Public()
  @Api({
    summary: 'Sign in with address and password',
    answer: SignedInView,
    errors: ['auth.invalid_credentials', 'auth.email_not_verified', 'account.suspended', 'generic.rate_limited'],
  })
  async login(@Body({ schema: LoginBody }) body: z.infer<typeof LoginBody>, @From() caller: Caller) {
    const signedIn = await this.commands.execute(new SignIn(body.email, body.password, caller));
    return signedInAnswer(signedIn, 'Login successful');
  }
}
