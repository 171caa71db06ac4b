import { createHash, randomBytes } from 'node:crypto';

/** A fresh PKCE code verifier (RFC 7636): 43 characters of base64url, 256 bits. */
export const newCodeVerifier = (): string => randomBytes(32).toString('base64url');

/** The `S256` challenge of a verifier. */
export const codeChallengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');
