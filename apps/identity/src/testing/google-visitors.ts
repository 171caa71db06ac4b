import type { GoogleDouble, PersonAtGoogle } from './google-double.js';
import { newEmail, type Client, type Failure, type Reply, type SignedInBody } from './identity-under-test.js';

export type GoogleReply = Reply<
  SignedInBody & Failure & { created: boolean; redirect?: string; link_token: string; mfa_token: string }
>;

export interface Begun {
  url: string;
  state: string;
  expires_in: number;
}

let people = 0;
let places = 0;

/** Everybody comes from a place of their own, so that no limit on places answers. */
export const place = (): string => `203.0.113.${(places += 1) % 250}`;

export const somebody = (fields: Partial<PersonAtGoogle> = {}): PersonAtGoogle => ({
  sub: `1000${(people += 1)}`,
  email: newEmail(),
  email_verified: true,
  name: 'Ada Lovelace',
  ...fields,
});

/** People who sign in to a suite's identity by way of its Google. */
export class GoogleVisitors {
  constructor(
    private readonly identity: Client,
    private readonly google: GoogleDouble,
  ) {}

  async begin(redirect?: string): Promise<Begun> {
    const query = redirect === undefined ? '' : `?redirect=${encodeURIComponent(redirect)}`;
    return (await this.identity.call<Begun>('GET', `/auth/google/url${query}`, undefined, { ip: place() })).body;
  }

  login(body: object): Promise<GoogleReply> {
    return this.identity.post('/auth/google/login', body, { ip: place() });
  }

  /** The whole way there and back. */
  async signIn(person: PersonAtGoogle, redirect?: string): Promise<GoogleReply> {
    return this.login(await this.google.signIn((await this.begin(redirect)).url, person));
  }
}
