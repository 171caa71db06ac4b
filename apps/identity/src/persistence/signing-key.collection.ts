import { Schema } from 'mongoose';
import { defineCollection, type Entity, keptBecause } from '#persistence';

export interface PublicJwk {
  kty: 'RSA';
  n: string;
  e: string;
}

/**
 * A key pair of access tokens. `_id` is its generation, so that processes that begin together at an empty database
 * cannot make one twice. The highest generation is announced but does not sign yet, so that
 * everybody knows it by the time it does; the one before signs; older ones are published until their tokens are over.
 */
export interface SigningKey extends Entity {
  generation: number;
  kid: string;
  public_jwk: PublicJwk;
  /** PKCS #8, sealed. */
  sealed_private_key: string;
  /** From here on it is not published any more. */
  retires_at?: Date;
}

/** What a private key is sealed for: it opens under no other key's name. */
export const sealedForKey = (kid: string): string => `identity/signing-key/${kid}`;

export const signingKeyCollection = defineCollection<SigningKey>({
  name: 'signing-keys',
  domain: 'signing_keys',
  title: 'Signing key',
  erasure: keptBecause('keys of the installation belong to no account'),
  fields: {
    generation: { type: Number, required: true },
    kid: { type: String, required: true },
    public_jwk: { type: Schema.Types.Mixed, required: true },
    sealed_private_key: { type: String, required: true },
    retires_at: Date,
  },
  sealedFor: ({ kid }) => sealedForKey(kid),
  indexes: [{ keys: { retires_at: 1 }, options: { expireAfterSeconds: 0 } }],
});
