import { createSecretKey, type KeyObject } from 'node:crypto';
import { decodeProtectedHeader, errors, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import type { KeyEncryptionKey } from '#sealing';
import { LINK_KINDS, linkPath, type LinkKind } from './link-kinds.js';

const ALGORITHM = 'HS256';
const DAY_SECONDS = 24 * 60 * 60;
const DEFAULT_LIFE_SECONDS = 30 * DAY_SECONDS;
/** Longer than any token that is made here; keeps long rubbish away from the parser. */
const LONGEST_TOKEN = 8192;

/** When a URL stops working; 30 days from now when nothing is said. */
export type LinkLife = { expiresInSeconds: number } | { expiresAt: Date };

/** What a valid token says. */
export interface OpenedLink {
  kind: LinkKind;
  /** As they were signed, with `iat` and `exp` in Unix seconds. */
  claims: Record<string, unknown>;
}

/** A token that does not open: `expired` was once valid, anything else is `invalid`. */
export class LinkRefused extends Error {
  override readonly name = 'LinkRefused';
  constructor(readonly reason: 'expired' | 'invalid') {
    super(`The link is ${reason}`);
  }
}

/** The kind stands in the header, so that a token of one kind never opens as another and claims stay free. */
const typeOf = (kind: LinkKind): string => `mfh-${kind}+jwt`;

function headerOf(token: string): { kind: LinkKind; keyId: string } {
  if (token.length > LONGEST_TOKEN) throw new LinkRefused('invalid');
  let header;
  try {
    header = decodeProtectedHeader(token);
  } catch {
    // Not a token at all; nobody needs to know in which way.
    throw new LinkRefused('invalid');
  }
  const kind = LINK_KINDS.find((each) => typeOf(each) === header.typ);
  if (kind === undefined || header.kid === undefined) throw new LinkRefused('invalid');
  return { kind, keyId: header.kid };
}

/**
 * Signed URLs of pages, pictures and redirects that the platform serves to people who are not signed in. Whoever
 * holds the keys can check a URL without asking anybody.
 */
export class HostedLinks {
  readonly #publicUrl: string;
  readonly #keys: ReadonlyMap<string, KeyObject>;
  readonly #currentKeyId: string;

  /** @param keys the first one signs, the others still open what they signed */
  constructor(publicUrl: string, keys: readonly KeyEncryptionKey[]) {
    const [current] = keys;
    if (current === undefined) throw new Error('Signed links need a key');
    this.#publicUrl = publicUrl.replace(/\/+$/, '');
    this.#currentKeyId = current.id;
    this.#keys = new Map(keys.map(({ id, key }) => [id, createSecretKey(key)]));
  }

  /** @returns the absolute URL */
  async sign(
    kind: LinkKind,
    claims: Record<string, unknown>,
    now: Date,
    life: LinkLife = { expiresInSeconds: DEFAULT_LIFE_SECONDS },
  ): Promise<string> {
    const issuedAt = Math.floor(now.getTime() / 1000);
    const expires =
      'expiresAt' in life ? Math.floor(life.expiresAt.getTime() / 1000) : issuedAt + Math.trunc(life.expiresInSeconds);
    const payload: JWTPayload = { ...claims, iat: issuedAt, exp: expires };
    const token = await new SignJWT(payload)
      .setProtectedHeader({ alg: ALGORITHM, typ: typeOf(kind), kid: this.#currentKeyId })
      .sign(this.#key(this.#currentKeyId));
    return `${this.#publicUrl}${linkPath(kind, token)}`;
  }

  /** @throws LinkRefused */
  async open(token: string, now: Date): Promise<OpenedLink> {
    const { kind, keyId } = headerOf(token);
    try {
      const options = { algorithms: [ALGORITHM], typ: typeOf(kind), currentDate: now, requiredClaims: ['iat', 'exp'] };
      const { payload } = await jwtVerify(token, this.#key(keyId), options);
      return { kind, claims: payload };
    } catch (error) {
      if (error instanceof LinkRefused) throw error;
      if (error instanceof errors.JWTExpired) throw new LinkRefused('expired');
      if (error instanceof errors.JOSEError) throw new LinkRefused('invalid');
      throw error;
    }
  }

  #key(id: string): KeyObject {
    const key = this.#keys.get(id);
    if (key === undefined) throw new LinkRefused('invalid');
    return key;
  }
}
