import { z } from 'zod';

/** A public RSA key as a key set lists it. */
export const PublicKey = z.looseObject({
  kid: z.string().min(1),
  kty: z.literal('RSA'),
  n: z.string(),
  e: z.string(),
});
export type PublicKey = z.infer<typeof PublicKey>;

/** Where the keys come from that access tokens are signed with. */
export interface KeySource {
  /** @throws Problem 503 when the owner of the keys does not answer */
  keys(): Promise<PublicKey[]>;
}

/** A user whose tokens below this auth version are void. */
export interface RaisedVersion {
  user_id: string;
  ver: number;
  /** The session in which the user changed the password: it goes on. */
  except_sid?: string | undefined;
}

/** What has been revoked before its tokens expire. */
export interface Revocations {
  /** Time of the answer by the clock of its owner (RFC 3339): the next question asks for what came after. */
  now: string;
  sessions: readonly { sid: string }[];
  /** Tokens of the user below this auth version are void, except those of the session that raised it itself. */
  users: readonly RaisedVersion[];
  api_keys: readonly { key_id: string }[];
  grants: readonly { grant_id: string }[];
}

export interface RevocationSource {
  /**
   * @param since leave out what was revoked before; undefined asks for all that still matters
   * @throws Problem 503 when the owner does not answer
   */
  revocations(since: string | undefined): Promise<Revocations>;
}

export const KEY_SOURCE = Symbol('KEY_SOURCE');
export const REVOCATION_SOURCE = Symbol('REVOCATION_SOURCE');
