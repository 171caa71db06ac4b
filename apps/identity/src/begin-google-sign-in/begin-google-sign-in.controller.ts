import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Public } from '#auth';
import { Api } from '#service-defaults';
import { From, type Caller } from '../caller.js';
import { isReturnPath } from '../domain/return-path.js';
import { BegunGoogleSignIns, GOOGLE_SIGN_IN_LIFE_MS } from '../google/begun-google-sign-ins.js';

const BeginQuery = z.strictObject({
  redirect: z
    .string()
    .max(500, 'redirect is too long')
    .refine(isReturnPath, 'redirect must be a path of the web client, such as /helpers')
    .optional(),
});

const BegunView = z.object({
  /** Where the browser goes now. */
  url: z.string(),
  /** Comes back with the person: the client keeps it, and takes no other. */
  state: z.string(),
  /** Seconds. */
  expires_in: z.number().int(),
});

@Controller('auth')
export class BeginGoogleSignInController {
  constructor(private readonly begun: BegunGoogleSignIns) {}

  @Get('google/url')
  @Public()
  @Api({
    summary: 'Begin to sign in with Google: the address to send the browser to',
    answer: BegunView,
    errors: ['auth.google_not_configured', 'generic.rate_limited', 'generic.unavailable'],
    invalidStatus: 422,
  })
  async begin(@Query({ schema: BeginQuery }) { redirect }: z.infer<typeof BeginQuery>, @From() caller: Caller) {
    return { ...(await this.begun.begin(redirect, caller)), expires_in: GOOGLE_SIGN_IN_LIFE_MS / 1000 };
  }
}
