import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Problem } from '#contracts';
import { Sealer } from '#sealing';
import type { Caller } from '../caller.js';
import { Clock } from '../clock.js';
import type { GooglePerson } from '../domain/google-person.js';
import { sealedForGoogleSignIn } from '../persistence/google-sign-in.collection.js';
import { GoogleSignIns } from '../persistence/google-sign-ins.repository.js';
import { Throttle } from '../throttling/throttle.js';
import { GoogleClient, type GoogleReturn } from './google-client.js';

/** So long somebody may be at Google. */
export const GOOGLE_SIGN_IN_LIFE_MS = 10 * 60_000;

const TOO_MANY = 'Too many sign-ins with Google, try again later';

const idOf = (state: string): string => createHash('sha256').update(`google-sign-in\0${state}`).digest('hex');

const over = (): Problem =>
  new Problem(401, 'auth.google_sign_in_expired', 'This sign-in has expired or was completed; start again');

/** Sends people to Google and finds out who comes back. What binds the two stays here and is good once. */
@Injectable()
export class BegunGoogleSignIns {
  constructor(
    private readonly google: GoogleClient,
    private readonly store: GoogleSignIns,
    private readonly sealer: Sealer,
    private readonly throttle: Throttle,
    private readonly clock: Clock,
  ) {}

  async begin(redirect: string | undefined, { ip }: Caller): Promise<{ url: string; state: string }> {
    await this.throttle.take({ limit: 'googlePerIp', of: ip, text: TOO_MANY });
    const binding = this.google.newBinding();
    const url = await this.google.authorizationUrl(binding);
    const id = idOf(binding.state);
    await this.store.insert({
      _id: id,
      nonce: binding.nonce,
      sealed_verifier: await this.sealer.seal(binding.verifier, sealedForGoogleSignIn(id)),
      ...(redirect !== undefined && { redirect }),
      expires_at: new Date(this.clock.now().getTime() + GOOGLE_SIGN_IN_LIFE_MS),
    });
    return { url, state: binding.state };
  }

  /** @throws Problem 401 `auth.google_sign_in_expired`, 429, and as {@link GoogleClient.personBehind} */
  async finish(
    state: string,
    back: GoogleReturn,
    { ip }: Pick<Caller, 'ip'>,
  ): Promise<{ person: GooglePerson; redirect: string | undefined }> {
    this.google.assertConfigured();
    const giveBack = await this.throttle.take({ limit: 'confirm', of: `google ${ip}`, text: TOO_MANY });
    const begun = await this.store.take(idOf(state));
    if (begun === null || begun.expires_at <= this.clock.now()) throw over();
    await giveBack();
    const verifier = await this.sealer.open(begun.sealed_verifier, sealedForGoogleSignIn(begun._id));
    const person = await this.google.personBehind(back, { state, nonce: begun.nonce, verifier });
    return { person, redirect: begun.redirect };
  }
}
