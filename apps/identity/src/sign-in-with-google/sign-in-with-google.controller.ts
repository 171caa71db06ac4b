import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Public } from '#auth';
import { answerWith, Api } from '#service-defaults';
import { From, type Caller } from '../caller.js';
import { GoogleReturnFields } from '../google/google-fields.js';
import { SignedInView, signedInAnswer } from '../views/signed-in-view.js';
import { SignInWithGoogle } from './sign-in-with-google.command.js';

const GoogleLoginBody = z.strictObject(GoogleReturnFields).meta({ id: 'GoogleLogin' });

const GoogleSignedInView = SignedInView.extend({
  /** Whether the user came into being by this. */
  created: z.boolean(),
  /** Path of the web client to go on with, as it was given at the beginning. */
  redirect: z.string().optional(),
});

@Controller('auth')
export class SignInWithGoogleController {
  constructor(private readonly commands: CommandBus) {}

  @Post('google/login')
  @Public()
  @Api({
    summary: 'Sign in, or register, as the person who came back from Google',
    description:
      'The client compares the `state` that Google sends back with the one it kept, and hands over both. Google has ' +
      'to vouch for the address. A user with the same confirmed address is linked; for one who has not confirmed it ' +
      'the answer is 409 `auth.google_link_required` with a `link_token` for `POST /auth/google/link`. Two-step ' +
      'sign-in asks for its code here, too.',
    answer: GoogleSignedInView,
    errors: [
      'auth.google_not_configured',
      'auth.google_sign_in_expired',
      'auth.google_refused',
      'auth.google_email_unverified',
      'auth.google_link_required',
      'auth.google_already_linked',
      'auth.mfa_required',
      'auth.email_not_verified',
      'account.suspended',
      'generic.rate_limited',
      'generic.unavailable',
    ],
    invalidStatus: 422,
  })
  async login(@Body({ schema: GoogleLoginBody }) body: z.infer<typeof GoogleLoginBody>, @From() caller: Caller) {
    const { state, ...back } = body;
    const { signedIn, created, redirect } = await this.commands.execute(new SignInWithGoogle(state, back, caller));
    const { data, options } = signedInAnswer(signedIn, created ? 'Registration successful' : 'Login successful');
    return answerWith({ ...data, created, ...(redirect !== undefined && { redirect }) }, options);
  }
}
