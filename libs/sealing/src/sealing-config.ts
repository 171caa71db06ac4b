import { createHash } from 'node:crypto';
import { z } from 'zod';

const KEY_BYTES = 32;
const KEY_ID = /^[a-z0-9-]{1,32}$/;

export interface KeyEncryptionKey {
  /** Names the key inside sealed texts, so that it can be found again after a rotation. */
  readonly id: string;
  readonly key: Uint8Array;
}

/** Reads `kid:base64url32,...`; reports what is wrong without ever repeating key material. */
export const keyList = z.string().transform((text, context): KeyEncryptionKey[] => {
  const keys: KeyEncryptionKey[] = [];
  for (const [index, entry] of text.split(',').entries()) {
    const [id = '', encoded = '', ...rest] = entry.trim().split(':');
    const key = Buffer.from(encoded, 'base64url');
    const refuse = (message: string): void =>
      context.addIssue({ code: 'custom', message: `key ${index + 1} ${message}` });
    if (rest.length > 0 || !KEY_ID.test(id)) refuse('must read kid:key, the kid of a-z, 0-9 and -');
    else if (key.length !== KEY_BYTES) refuse(`must have ${KEY_BYTES} bytes, base64url`);
    else if (keys.some((other) => other.id === id)) refuse('repeats an earlier kid');
    else keys.push({ id, key });
  }
  return keys;
});

/** For a machine without secrets of its own: known to everybody who can read this, refused in production. */
const localKey = (): KeyEncryptionKey[] => [
  { id: 'local', key: createHash('sha256').update('local sealing key, not for production').digest() },
];

/** `MFH_SEALING_KEYS`: the key-encryption keys, the current one first, older ones as long as texts sealed by them exist. */
export const SealingConfig = z
  .object({
    MFH_MODE: z.enum(['production', 'development', 'test']).default('development').describe('What the process is for'),
    MFH_SEALING_KEYS: keyList
      .optional()
      .describe('Keys that seal secrets: `kid:base64url,...` of 32 bytes each, the current one first'),
  })
  .transform(({ MFH_MODE, MFH_SEALING_KEYS }, context) => {
    if (MFH_SEALING_KEYS) return { sealingKeys: MFH_SEALING_KEYS };
    if (MFH_MODE === 'production') {
      context.addIssue({ code: 'custom', path: ['MFH_SEALING_KEYS'], message: 'must be set in production' });
    }
    return { sealingKeys: localKey() };
  });
export type SealingConfig = z.infer<typeof SealingConfig>;
